package dev.stepwell.core.status;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What evaluations found so far in this process. Immutable.
///
/// @param count  evaluations so far
/// @param latest the newest; null before the first
/// @param fixed  the latest of the fixed validation set, oldest first, at most [#KEPT]; of the rows that are asked
///               now only, for figures of different rows do not compare
/// @param learnt the newest of each file that was asked again, in the order in which they were asked first
public record Scores(long count, @Nullable Evaluation latest, List<Evaluation> fixed, List<Evaluation> learnt) {
    public static final int KEPT = 100;
    public static final Scores NONE = new Scores(0, null, List.of(), List.of());

    public Scores {
        fixed = List.copyOf(fixed);
        learnt = List.copyOf(learnt);
    }

    /// These and one more.
    Scores with(Evaluation evaluation) {
        return switch (evaluation.subject()) {
            case Subject.Fixed _ -> {
                List<Evaluation> longer = new ArrayList<>(asksOtherRows(evaluation) ? List.of() : fixed);
                longer.add(evaluation);
                yield new Scores(
                        count + 1,
                        evaluation,
                        longer.subList(Math.max(0, longer.size() - KEPT), longer.size()),
                        learnt);
            }
            case Subject.Learnt file -> new Scores(count + 1, evaluation, fixed, replaced(evaluation, file));
        };
    }

    /// A set has another size where rows came or went; and weights that were asked after the file before
    /// are asked again only if the rows are others.
    private boolean asksOtherRows(Evaluation evaluation) {
        if (fixed.isEmpty()) {
            return false;
        }
        Evaluation last = fixed.getLast();
        return last.score().setRows() != evaluation.score().setRows()
                || (evaluation.occasion() == Occasion.BEFORE
                        && last.globalStep() == evaluation.globalStep()
                        && !last.score().equals(evaluation.score()));
    }

    private List<Evaluation> replaced(Evaluation evaluation, Subject.Learnt file) {
        Predicate<Evaluation> same =
                other -> other.subject() instanceof Subject.Learnt learntFile && learntFile.fileId() == file.fileId();
        return learnt.stream().anyMatch(same)
                ? learnt.stream()
                        .map(other -> same.test(other) ? evaluation : other)
                        .toList()
                : Stream.concat(learnt.stream(), Stream.of(evaluation)).toList();
    }
}
