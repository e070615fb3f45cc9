package dev.stepwell.core.queue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells files that arrived together from files that arrived one after the other.
///
/// A shell copies `*.jsonl` in an order of its own (`_10` before `_2`), a moment apart. Files that are first seen
/// within [#GAP] of the one before belong to one group, and a group is trained in natural name order. A group lasts
/// [#LONGEST] at most, so that a producer that never pauses cannot keep a late name from its turn for ever.
///
/// Not thread-safe: belongs to the intake. A clock set back by more than [#GAP] opens one group, so that what
/// came before that still comes before what comes after.
final class ArrivalGroups {
    static final Duration GAP = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(10);

    private long group;
    private @Nullable Instant began;
    private Instant latest = Instant.MIN;

    /// @param newest the newest group that exists; the first file seen opens the one after it
    ArrivalGroups(long newest) {
        group = newest;
    }

    /// The group of a file first seen at `seen`.
    long of(Instant seen) {
        if (began == null
                || seen.isAfter(latest.plus(GAP))
                || seen.isBefore(latest.minus(GAP))
                || seen.isAfter(began.plus(LONGEST))) {
            group++;
            began = seen;
            latest = seen;
        } else if (seen.isAfter(latest)) {
            latest = seen;
        }
        return group;
    }
}
