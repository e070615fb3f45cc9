package dev.stepwell.core.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one thread that waits for something to change. A ring while nobody waits is kept: none is lost, and many
/// count as one.
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    /// Never blocks.
    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /// Returns when the bell has rung since this last returned, or after `atMost`; empty: however long that
    /// takes.
    void await(Optional<Duration> atMost) throws InterruptedException {
        if (atMost.isEmpty()) {
            rung.acquire();
        } else {
            // A millisecond more: a clock of whole milliseconds must not say that it is a moment too early, over and
            // over.
            rung.tryAcquire(atMost.get().toMillis() + 1, TimeUnit.MILLISECONDS);
        }
        rung.drainPermits();
    }
}
