package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// How well a rule told one of the two times left, over some drains.
///
/// Errors are relative to what was really left. They are taken at [#PERCENTS] of the time that a file or a drain
/// really took, and at moments that are evenly apart in time.
final class Score {
    static final int[] PERCENTS = {10, 25, 50, 75, 90};
    /// From here on the median error has a goal.
    static final int FIRST_JUDGED = 25;

    private static final int EVEN_MOMENTS = 400;
    /// Below this share of a drain's time, what is left is too short for orders of magnitude.
    private static final double WORTH_A_RATIO = 0.02;

    private final Map<Integer, List<Double>> errors = new HashMap<>();
    private final List<Double> even = new ArrayList<>();
    private final List<Double> halfWidths = new ArrayList<>();
    private int told;
    private int within;
    private int asked;
    private double worstAfterResume = 1;

    /// Of the two times left, the one of the file.
    static Score ofFiles(List<Replay> replays) {
        Score score = new Score();
        for (Replay replay : replays) {
            score.percents(fileMoments(replay), Replay.Moment::file, Replay.Moment::fileLeft);
            score.even(replay, Replay.Moment::file, Replay.Moment::fileLeft);
        }
        return score;
    }

    /// The one of the drain.
    static Score ofDrains(List<Replay> replays) {
        Score score = new Score();
        for (Replay replay : replays) {
            Map<Integer, List<Replay.Moment>> moments = new HashMap<>();
            for (int percent : PERCENTS) {
                Replay.Moment moment = replay.at(replay.active() * percent / 100);
                moments.put(percent, moment == null ? List.of() : List.of(moment));
            }
            score.percents(moments, Replay.Moment::all, Replay.Moment::drainLeft);
            score.even(replay, Replay.Moment::all, Replay.Moment::drainLeft);
        }
        return score;
    }

    private interface Told {
        @Nullable
        Eta of(Replay.Moment moment);
    }

    private interface Truth {
        double of(Replay.Moment moment);
    }

    /// For each percentage the moment in each file, whose time may lie in several turns.
    private static Map<Integer, List<Replay.Moment>> fileMoments(Replay replay) {
        Map<Integer, List<Replay.Moment>> moments = new HashMap<>();
        List<Long> files =
                replay.turns().stream().map(Replay.Turn::file).distinct().toList();
        for (int percent : PERCENTS) {
            List<Replay.Moment> those = moments.computeIfAbsent(percent, _ -> new ArrayList<>());
            for (long file : files) {
                List<Replay.Turn> turns = replay.turns().stream()
                        .filter(turn -> turn.file() == file)
                        .toList();
                double left = turns.stream()
                                .mapToDouble(turn -> turn.to() - turn.from())
                                .sum()
                        * percent
                        / 100;
                int turn = 0;
                while (left > turns.get(turn).to() - turns.get(turn).from()) {
                    left -= turns.get(turn).to() - turns.get(turn).from();
                    turn++;
                }
                Replay.Moment moment = replay.at(turns.get(turn).from() + left);
                if (moment != null && moment.fileId() == file) {
                    those.add(moment);
                }
            }
        }
        return moments;
    }

    private void percents(Map<Integer, List<Replay.Moment>> moments, Told told, Truth truth) {
        moments.forEach((percent, those) -> {
            for (Replay.Moment moment : those) {
                Eta eta = told.of(moment);
                if (eta != null && truth.of(moment) > 0) {
                    errors.computeIfAbsent(percent, _ -> new ArrayList<>())
                            .add(Math.abs(eta.seconds() / truth.of(moment) - 1));
                }
            }
        });
    }

    private void even(Replay replay, Told told, Truth truth) {
        for (int i = 0; i < EVEN_MOMENTS; i++) {
            Replay.Moment moment = replay.at(replay.active() * (i + 0.5) / EVEN_MOMENTS);
            if (moment == null || truth.of(moment) <= 0) {
                continue;
            }
            asked++;
            Eta eta = told.of(moment);
            if (eta == null) {
                continue;
            }
            this.told++;
            double left = truth.of(moment);
            within += eta.low() <= left && left <= eta.high() ? 1 : 0;
            even.add(Math.abs(eta.seconds() / left - 1));
            halfWidths.add((eta.high() - eta.low()) / 2 / left);
            if (moment.process() > 0 && left > WORTH_A_RATIO * replay.active() / 1e3) {
                double ratio = Math.max(1, eta.seconds()) / Math.max(1, left);
                worstAfterResume = Math.max(worstAfterResume, Math.max(ratio, 1 / ratio));
            }
        }
    }

    /// Median error at `percent`, as a share; NaN if it was never told.
    double error(int percent) {
        return median(errors.getOrDefault(percent, List.of()));
    }

    /// Median error from [#FIRST_JUDGED] percent on.
    double judged() {
        return median(IntStream.of(PERCENTS)
                .filter(percent -> percent >= FIRST_JUDGED)
                .mapToObj(percent -> errors.getOrDefault(percent, List.of()))
                .flatMap(List::stream)
                .toList());
    }

    /// Median error over moments evenly apart in time.
    double evenError() {
        return median(even);
    }

    /// The share of moments evenly apart in time, of those at which something was told, at which the truth was within
    /// the range.
    double coverage() {
        return (double) within / told;
    }

    /// The share of moments at which something was told.
    double toldShare() {
        return (double) told / asked;
    }

    /// Half of the range against what was really left, at the median.
    double halfWidth() {
        return median(halfWidths);
    }

    /// How many times too long or too short it was at most, in a process that was not the drain's first, both taken to
    /// be a second at least.
    double worstAfterResume() {
        return worstAfterResume;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
