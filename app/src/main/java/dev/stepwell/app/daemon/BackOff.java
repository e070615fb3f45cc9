package dev.stepwell.app.daemon;

import java.time.Duration;
import java.time.Instant;

/// How far apart attempts to reach something are: the first follows at once on the loss of what had lasted, those
/// after a failure at longer and longer intervals. For one thread.
final class BackOff {
    /// Somebody waits for a daemon to be back.
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int DOUBLINGS = 10;

    private Instant attemptedAt = Instant.MIN;
    private int failures;

    /// An attempt is made now.
    void attempt(Instant now) {
        attemptedAt = now;
    }

    void failed() {
        failures++;
    }

    void succeeded() {
        failures = 0;
    }

    /// How long to wait for the next attempt.
    ///
    /// @param interval between attempts, to begin with
    Duration left(Instant now, Duration interval) {
        Duration doubled = interval.multipliedBy(1L << Math.clamp(failures - 1L, 0, DOUBLINGS));
        Duration longest = interval.compareTo(LONGEST) > 0 ? interval : LONGEST;
        Duration apart = doubled.compareTo(longest) > 0 ? longest : doubled;
        if (attemptedAt.equals(Instant.MIN)) {
            return Duration.ZERO;
        }
        Duration gone = Duration.between(attemptedAt, now);
        // A clock that was set back must not make anybody wait for the time to come again.
        return gone.isNegative() ? apart : gone.compareTo(apart) > 0 ? Duration.ZERO : apart.minus(gone);
    }
}
