package dev.stepwell.core.queue;

import dev.stepwell.core.training.FailureType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the queue decides by itself.
///
/// @param maxAttempts  failed attempts after which a file is given up; at least 1
/// @param retryBackoff how long a file waits at least after its first failure; doubled with each further one
/// @param maxDeaths    how often the process may die in an attempt that gets nowhere, before the attempt counts
///                     as failed; 0: as often as it does
/// @param duplicates   what becomes of a file whose content is known already
public record QueuePolicy(int maxAttempts, Duration retryBackoff, int maxDeaths, Duplicates duplicates) {
    public static final QueuePolicy DEFAULT = new QueuePolicy(3, Duration.ofSeconds(30), 3, Duplicates.HOLD);

    /// Ends the doubling, so that no configuration makes a file wait for years.
    private static final Duration LONGEST = Duration.ofDays(1);

    /// @throws IllegalArgumentException if no attempt is allowed, or the back-off or the limit of deaths is
    ///                                  negative
    public QueuePolicy {
        if (maxAttempts < 1 || retryBackoff.isNegative() || maxDeaths < 0) {
            throw new IllegalArgumentException(
                    "%d attempts, back-off %s, %d deaths".formatted(maxAttempts, retryBackoff, maxDeaths));
        }
    }

    /// When the file may be tried again; empty if it is given up.
    ///
    /// @param failures failed attempts so far, this one included
    Optional<Instant> nextAttempt(FailureType type, int failures, Instant now) {
        if (!type.mendable() || failures >= maxAttempts) {
            return Optional.empty();
        }
        return Optional.of(now.plus(backoffAfter(failures)));
    }

    /// Whether an attempt in which the process died so often, without getting further, is to be given up.
    boolean deadly(int deaths) {
        return maxDeaths > 0 && deaths >= maxDeaths;
    }

    private Duration backoffAfter(int failures) {
        Duration backoff = retryBackoff;
        for (int i = 1; i < failures && backoff.compareTo(LONGEST) < 0; i++) {
            backoff = backoff.multipliedBy(2);
        }
        return backoff.compareTo(LONGEST) < 0 ? backoff : LONGEST;
    }
}
