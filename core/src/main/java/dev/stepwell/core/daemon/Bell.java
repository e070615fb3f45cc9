package dev.stepwell.core.daemon;

import java.util.concurrent.Semaphore;

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

    /// Returns when the bell has rung since this last returned.
    void await() throws InterruptedException {
        rung.acquire();
        rung.drainPermits();
    }
}
