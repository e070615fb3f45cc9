package dev.stepwell.core.status;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the model answered so far in this process. Immutable.
///
/// @param total    examples judged
/// @param correct  of them, answers that matched
/// @param recent   the latest, oldest first, at most [#KEPT]
/// @param accuracy accuracy in percent after each of the latest examples, oldest first, at most [#KEPT_ACCURACY]
/// @param matches  of each of the latest examples, whether the answer matched, oldest first, at most [#KEPT_MATCHES]
/// @param longest  lengths so far
/// @param scores   what was found when whole sets of rows were asked
public record Evaluations(
        long total,
        long correct,
        List<Preview> recent,
        List<Double> accuracy,
        List<Boolean> matches,
        Longest longest,
        Scores scores) {
    public static final int KEPT = 10;
    public static final int KEPT_ACCURACY = 100;
    public static final int KEPT_MATCHES = 50;
    public static final Evaluations NONE =
            new Evaluations(0, 0, List.of(), List.of(), List.of(), new Longest(null, null), Scores.NONE);

    public Evaluations {
        recent = List.copyOf(recent);
        accuracy = List.copyOf(accuracy);
        matches = List.copyOf(matches);
    }

    /// The most tokens so far; null where none were counted.
    ///
    /// @param golden of what the data says
    /// @param model  of what the model said
    public record Longest(
            @Nullable Integer golden, @Nullable Integer model) {
        private Longest with(Preview preview) {
            return new Longest(longer(golden, preview.goldenTokens()), longer(model, preview.modelTokens()));
        }

        private static @Nullable Integer longer(@Nullable Integer one, @Nullable Integer other) {
            return one == null ? other : other == null ? one : (Integer) Math.max(one, other);
        }
    }

    /// These and one more.
    public Evaluations with(Preview preview) {
        long newCorrect = preview.matches() ? correct + 1 : correct;
        return new Evaluations(
                total + 1,
                newCorrect,
                appended(recent, preview, KEPT),
                appended(accuracy, 100.0 * newCorrect / (total + 1), KEPT_ACCURACY),
                appended(matches, preview.matches(), KEPT_MATCHES),
                longest.with(preview),
                scores);
    }

    /// These, and a set of rows that was asked.
    public Evaluations with(Evaluation evaluation) {
        return new Evaluations(total, correct, recent, accuracy, matches, longest, scores.with(evaluation));
    }

    /// The newest example, or null if there is none.
    public @Nullable Preview latest() {
        return recent.isEmpty() ? null : recent.getLast();
    }

    /// Share of correct answers in percent, or null while nothing was judged.
    public @Nullable Double accuracyPercent() {
        return total == 0 ? null : 100.0 * correct / total;
    }

    /// Share of the last `count` answers that were right, in percent; null until so many were judged.
    ///
    /// @param count at most [#KEPT_MATCHES]
    public @Nullable Double accuracyOfLast(int count) {
        if (matches.size() < count) {
            return null;
        }
        List<Boolean> last = matches.subList(matches.size() - count, matches.size());
        return 100.0 * last.stream().filter(match -> match).count() / count;
    }

    private static <T> List<T> appended(List<T> list, T element, int limit) {
        List<T> longer = new ArrayList<>(list);
        longer.add(element);
        return longer.size() <= limit ? longer : longer.subList(longer.size() - limit, longer.size());
    }
}
