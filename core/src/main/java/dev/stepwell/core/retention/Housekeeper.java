package dev.stepwell.core.retention;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does chores beside the training, on a thread of its own: when woken, and from time to time.
///
/// A chore that fails does no harm but to itself: it is said once in the log, shown as an alert, and tried
/// again the next time, until it succeeds.
public final class Housekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Chore> chores;
    private final StatusBoard board;
    private final Duration interval;
    private final Semaphore rung = new Semaphore(0);
    private final Map<String, String> failures = new HashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon(true).name("housekeeping").unstarted(this::run);
    private volatile boolean closing;

    /// Something to be done again and again.
    public interface Chore {
        /// Type of the alert that stands while it fails.
        String alert();

        /// What it does, to be put before "failed".
        String name();

        /// Does what is due; nothing, if nothing is. Must be ready to be cut off by the end of the process.
        void run() throws IOException;
    }

    /// Nothing is done before the first [#wake].
    ///
    /// @param interval at least how often to look, once woken; positive
    public Housekeeper(List<Chore> chores, StatusBoard board, Duration interval) {
        this.chores = List.copyOf(chores);
        this.board = board;
        this.interval = interval;
        thread.start();
    }

    /// Something may be due. From any thread; never blocks.
    public void wake() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    private void run() {
        try {
            rung.acquire();
            while (true) {
                // Read first: what is rung for after this is seen by the next pass, and there is one.
                boolean last = closing;
                rung.drainPermits();
                chores.forEach(this::attempt);
                if (last) {
                    return;
                }
                boolean _ = rung.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException _) {
            LOG.debug("housekeeping was interrupted");
        }
    }

    private void attempt(Chore chore) {
        try {
            chore.run();
            if (failures.remove(chore.alert()) != null) {
                LOG.info("{} works again", chore.name());
                board.withdraw(chore.alert());
            }
        } catch (IOException | RuntimeException e) {
            String message = "%s failed: %s. It is tried again by itself.".formatted(chore.name(), e);
            if (!message.equals(failures.put(chore.alert(), message))) {
                LOG.warn(message, e);
                board.raise(new Alert(
                        chore.alert(), Severity.WARNING, message, board.latest().modelStep()));
            }
        }
    }

    /// Does what is due once more and ends the thread. Waits at most ten seconds: every chore can be cut off.
    @Override
    public void close() {
        closing = true;
        wake();
        try {
            if (!thread.join(PATIENCE)) {
                LOG.info("housekeeping was not done within {}; it goes on at the next start", PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
