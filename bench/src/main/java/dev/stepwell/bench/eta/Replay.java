package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A drain as a rule saw it, beside what really came.
///
/// A moment is the state after a line of the recording, while a file is worked on. What is left at it is the time of
/// work that files known then still took. What nobody could know of is not in it: pauses, files that came later, and
/// that a process ends; so neither is the time until another one is again where it was, for moments before that.
record Replay(Drain drain, List<Moment> moments, List<Turn> turns) {
    /// @param active     milliseconds of work on the drain until then
    /// @param process    which process of the drain, from 0
    /// @param file       what the rule told of the file; null if nothing
    /// @param all        what it told of the drain; likewise
    /// @param fileLeft   seconds that the file really took from then on
    /// @param drainLeft  seconds that this file and those that waited really took
    record Moment(
            double active,
            int process,
            long fileId,
            @Nullable Eta file,
            @Nullable Eta all,
            double fileLeft,
            double drainLeft) {}

    /// A stretch of work on one file, in milliseconds of work on the drain.
    ///
    /// @param foreseen the first process in which it was to be expected
    record Turn(long file, double from, double to, int foreseen) {
        private double after(double active, int process) {
            return process < foreseen ? 0 : Math.max(0, to - Math.max(from, active)) / 1e3;
        }
    }

    /// Replays `drain` to `rule`, which must be new.
    static Replay of(Drain drain, Rule rule) {
        List<Turn> turns = turns(drain);
        List<Moment> moments = new ArrayList<>();
        Standing standing = new Standing();
        int process = -1;
        for (Drain.Entry entry : drain.entries()) {
            if (entry.line() instanceof DrainLine.Boot) {
                process++;
            }
            standing.on(entry);
            rule.on(entry, standing);
            if (standing.isWorking()) {
                moments.add(moment(entry.active(), process, rule, standing, turns));
            }
        }
        return new Replay(drain, List.copyOf(moments), turns);
    }

    private static Moment moment(double active, int process, Rule rule, Standing standing, List<Turn> turns) {
        Set<Long> known = new HashSet<>(Set.of(standing.file()));
        standing.waiting().forEach(file -> known.add(file.file()));
        return new Moment(
                active,
                process,
                standing.file(),
                rule.file(standing),
                rule.drain(standing),
                turns.stream()
                        .filter(turn -> turn.file() == standing.file())
                        .mapToDouble(turn -> turn.after(active, process))
                        .sum(),
                turns.stream()
                        .filter(turn -> known.contains(turn.file()))
                        .mapToDouble(turn -> turn.after(active, process))
                        .sum());
    }

    /// A file's turn lasts until the next one's begins, with its filing. One that goes on in another process has a turn
    /// of its own until it is where it was.
    private static List<Turn> turns(Drain drain) {
        List<Turn> turns = new ArrayList<>();
        Standing standing = new Standing();
        Map<Long, Long> reached = new HashMap<>();
        double since = 0;
        int process = -1;
        boolean again = false;
        for (Drain.Entry entry : drain.entries()) {
            long before = standing.file();
            standing.on(entry);
            boolean claimed = entry.line() instanceof DrainLine.Claimed;
            boolean caughtUp =
                    again && standing.isOpen() && standing.done() >= reached.getOrDefault(standing.file(), 0L);
            if (claimed || caughtUp) {
                turns.add(new Turn(before, since, entry.active(), again ? process : 0));
                since = entry.active();
                again = claimed && reached.containsKey(standing.file());
            }
            process += entry.line() instanceof DrainLine.Boot ? 1 : 0;
            if (!again && standing.isWorking()) {
                reached.put(standing.file(), standing.done());
            }
        }
        turns.add(new Turn(standing.file(), since, end(drain), 0));
        return turns.stream().filter(turn -> turn.to() > turn.from()).toList();
    }

    private static double end(Drain drain) {
        return drain.entries().getLast().active();
    }

    /// The state that was shown after `active` milliseconds of work; null if nothing was yet.
    @Nullable
    Moment at(double active) {
        int low = 0;
        int high = moments.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (moments.get(middle).active() <= active) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : moments.get(low - 1);
    }

    /// Milliseconds of work in all.
    double active() {
        return end(drain);
    }
}
