package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import dev.stepwell.core.history.PastEvaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Evaluations as curves: of the fixed set each time it was asked, and of the files that were learnt their mean after
/// each further one.
///
/// @param evaluations in the order of their steps
record Scores(List<PastEvaluation> evaluations) {
    /// The first of the fixed set; null if it was never asked.
    @Nullable
    Score first() {
        List<PastEvaluation> fixed = fixed();
        return fixed.isEmpty() ? null : fixed.getFirst().evaluation().score();
    }

    /// The newest of the fixed set; null if it was never asked.
    @Nullable
    Score last() {
        List<PastEvaluation> fixed = fixed();
        return fixed.isEmpty() ? null : fixed.getLast().evaluation().score();
    }

    List<LineChart.Line> crossEntropies() {
        return lines(Score::crossEntropy);
    }

    List<LineChart.Line> rightAnswers() {
        return lines(score -> score.judged() == 0 ? Double.NaN : 100.0 * score.right() / score.judged());
    }

    private List<LineChart.Line> lines(ToDoubleFunction<Score> value) {
        return List.of(
                new LineChart.Line(
                        "Fixed set", means(fixed(), value).downsampled(LineChart.POINTS), LineChart.Kind.DOTS),
                new LineChart.Line(
                        "Files learnt, mean",
                        means(learnt(), value).downsampled(LineChart.POINTS),
                        LineChart.Kind.DOTS));
    }

    private List<PastEvaluation> fixed() {
        return evaluations.stream()
                .filter(past -> past.evaluation().subject() instanceof Subject.Fixed)
                .toList();
    }

    private List<PastEvaluation> learnt() {
        return evaluations.stream()
                .filter(past -> past.evaluation().subject() instanceof Subject.Learnt
                        && past.evaluation().occasion() == Occasion.AFTER)
                .toList();
    }

    /// One point for each step at which there is a value.
    private static Curve means(List<PastEvaluation> all, ToDoubleFunction<Score> value) {
        TreeMap<Long, List<PastEvaluation>> bySteps = new TreeMap<>();
        for (PastEvaluation past : all) {
            if (Double.isFinite(value.applyAsDouble(past.evaluation().score()))) {
                bySteps.computeIfAbsent(past.evaluation().globalStep(), _ -> new ArrayList<>())
                        .add(past);
            }
        }
        return new Curve(
                bySteps.keySet().stream().mapToLong(Long::longValue).toArray(),
                bySteps.values().stream()
                        .mapToLong(each -> each.getLast().at().toEpochMilli())
                        .toArray(),
                bySteps.values().stream()
                        .mapToDouble(each -> each.stream()
                                .mapToDouble(past ->
                                        value.applyAsDouble(past.evaluation().score()))
                                .average()
                                .orElseThrow())
                        .toArray());
    }
}
