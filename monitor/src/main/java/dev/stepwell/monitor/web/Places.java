package dev.stepwell.monitor.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How much of a server is taken at a time: who finds no place is told so at once, and waits for nobody.
///
/// @param requests that are being answered
/// @param watchers who are told events
/// @param uploads  that are being received
record Places(Semaphore requests, Semaphore watchers, Semaphore uploads) {
    private static final int MAX_REQUESTS = 64;

    static Places of(int watchers) {
        return new Places(new Semaphore(MAX_REQUESTS), new Semaphore(watchers), new Semaphore(Uploads.AT_ONCE));
    }

    /// Whether all requests were answered within `patience`. No other is answered afterwards.
    boolean close(Duration patience) throws InterruptedException {
        return requests.tryAcquire(MAX_REQUESTS, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
