package dev.stepwell.core.daemon;

import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.StepControl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats what a full disk refuses, once a second, until the disk takes it or the user wants to stop.
///
/// For changes of the queue, its reports and its moves: they are small, undone as a whole when they fail, and
/// can be made again. Belongs to the training thread.
final class SpaceWait {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWait.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path where;
    private final StatusBoard board;
    private final StepControl control;

    /// Something that writes.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    SpaceWait(Path where, StatusBoard board, StepControl control) {
        this.where = where;
        this.board = board;
        this.control = control;
    }

    /// What `work` gives, as soon as the disk lets it; `ifStopped` if a stop is asked for before.
    ///
    /// @throws IOException if it fails for another reason than a full disk; unchecked exceptions pass likewise
    <T> T untilDone(Work<T> work, T ifStopped) throws IOException {
        DaemonState before = board.latest().state();
        boolean waiting = false;
        while (true) {
            try {
                T result = work.run();
                if (waiting) {
                    LOG.info("there is space again on the disk of {}", where);
                    if (board.latest().state() == DaemonState.PAUSED) {
                        board.spaceFound(before);
                    }
                }
                return result;
            } catch (IOException | RuntimeException e) {
                if (StorageFault.of(e).orElse(null) != StorageFault.NO_SPACE) {
                    throw e;
                }
                if (!waiting) {
                    waiting = true;
                    LOG.warn("the disk of {} is full; waiting for space: {}", where, e.toString());
                    board.waitingForSpace(new Failure(
                            StorageFault.NO_SPACE.type(),
                            "The disk of %s is full (%s). Make room; what waits for it goes on by itself."
                                    .formatted(where, e.getMessage())));
                }
            }
            LockSupport.parkNanos(this, INTERVAL.toNanos());
            if (stopped()) {
                return ifStopped;
            }
        }
    }

    private boolean stopped() {
        return Thread.currentThread().isInterrupted()
                || switch (control.signal()) {
                    case STOP -> true;
                    case CONTINUE, PAUSE, SKIP -> false;
                };
    }
}
