package dev.stepwell.core.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells files that nobody writes to any more from those that still grow.
///
/// A file has settled when its size and modification time have not changed for [#QUIET], or when its modification
/// time is already that old: a file that was renamed in is whole at once. Files that settle while others of the same
/// burst do not are held back for [#COMPANY] at most, so that a burst is taken together, in natural name order.
///
/// Not thread-safe: belongs to the intake. A clock set back only makes it wait anew.
final class SettledFiles {
    static final Duration QUIET = Duration.ofMillis(500);
    static final Duration COMPANY = Duration.ofSeconds(1);

    private final ArrivalGroups groups;
    private Map<Path, Watched> watched = new HashMap<>();

    SettledFiles(ArrivalGroups groups) {
        this.groups = groups;
    }

    /// A file and what was seen of it.
    ///
    /// @param group     its arrival group
    /// @param unchanged since when size and modification time are as they are
    /// @param settledAt when it was first seen settled; [Instant#MAX] while it is not
    record Watched(Candidate candidate, long group, Instant unchanged, Instant settledAt) {
        boolean settled() {
            return !settledAt.equals(Instant.MAX);
        }
    }

    /// Looks at all candidates of one listing, and forgets those that are no longer in it.
    ///
    /// @return those to be taken now
    List<Watched> observe(List<Candidate> candidates, Instant now) {
        Map<Path, Watched> seen = HashMap.newHashMap(candidates.size());
        List<Watched> settled = new ArrayList<>();
        boolean complete = true;
        boolean due = false;
        for (Candidate candidate : candidates) {
            Watched file = look(candidate, now);
            seen.put(candidate.path(), file);
            if (file.settled()) {
                settled.add(file);
                due |= !now.isBefore(file.settledAt().plus(COMPANY));
            } else {
                complete = false;
            }
        }
        watched = seen;
        return complete || due ? settled : List.of();
    }

    private Watched look(Candidate candidate, Instant now) {
        Watched before = watched.get(candidate.path());
        if (before == null) {
            return seen(candidate, groups.of(now), now, Instant.MAX, now);
        }
        boolean same =
                before.candidate().equals(candidate) && !before.unchanged().isAfter(now);
        return same
                ? seen(candidate, before.group(), before.unchanged(), before.settledAt(), now)
                : seen(candidate, before.group(), now, Instant.MAX, now);
    }

    private static Watched seen(Candidate candidate, long group, Instant unchanged, Instant settledAt, Instant now) {
        Instant quietSince = now.minus(QUIET);
        boolean quiet = !candidate.modified().isAfter(quietSince) || !unchanged.isAfter(quietSince);
        Instant settled = !quiet ? Instant.MAX : settledAt.isBefore(now) ? settledAt : now;
        return new Watched(candidate, group, unchanged, settled);
    }
}
