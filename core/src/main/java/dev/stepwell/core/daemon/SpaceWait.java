package dev.stepwell.core.daemon;

import dev.stepwell.core.control.Control;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.StatusBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats what a full disk refuses, once a second and whenever somebody wants to resume, until the disk takes it
/// or the user wants to stop.
///
/// For changes of the queue, its reports and its moves: they are small, undone as a whole when they fail, and
/// can be made again. Belongs to the training thread.
final class SpaceWait {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWait.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path where;
    private final StatusBoard board;
    private final Control control;

    /// Something that writes.
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    SpaceWait(Path where, StatusBoard board, Control control) {
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
                    goesOn(before);
                }
                return result;
            } catch (IOException | RuntimeException e) {
                if (StorageFault.of(e).orElse(null) != StorageFault.NO_SPACE) {
                    throw e;
                }
                if (!waiting) {
                    waiting = true;
                    LOG.warn("the disk of {} is full; waiting for space: {}", where, e.toString());
                    board.waitingForSpace(new Failure(StorageFault.NO_SPACE.type(), shortage(where, e)));
                }
            }
            boolean _ = control.awaitSpace(INTERVAL);
            if (stopped()) {
                return ifStopped;
            }
        }
    }

    /// What is the matter and what can be done, in words.
    static String shortage(Path where, Exception refusal) {
        Throwable first = refusal; // What it led to, such as a commit that failed, says nothing of a disk.
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return "The disk of %s is full (%s). Make room; what waits for it goes on by itself."
                .formatted(where, first.getMessage());
    }

    private void goesOn(DaemonState before) {
        board.spaceFound(before);
        if (board.latest().state() != DaemonState.PAUSED) { // Else somebody had paused it before.
            control.wentOn();
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
