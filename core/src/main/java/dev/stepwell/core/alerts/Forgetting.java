package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.LearntFile;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.Evaluation.Score;
import java.util.List;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;
import org.jspecify.annotations.Nullable;

/// The model has lost what it knew of a file: significantly fewer right answers than at its best, by Fisher's
/// exact test, or a cross-entropy that is far above its lowest.
record Forgetting(AlertThresholds.Loss limits) implements Detector {
    @Override
    public String type() {
        return "forgetting";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        List<LearntFile> learnt = scene.signals().learnt();
        if (learnt.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        List<LearntFile> lost = learnt.stream().filter(this::isLost).toList();
        if (!lost.isEmpty()) {
            return new Present(found(lost));
        }
        return standing == null || learnt.stream().allMatch(this::isKnown) ? Verdict.CLEAR : new Present(standing);
    }

    private boolean isLost(LearntFile file) {
        return (answersFewer(file) > limits.share() && chance(file) < limits.chance()) || rise(file) > limits.nats();
    }

    private boolean isKnown(LearntFile file) {
        boolean answered = answersFewer(file) <= limits.share() || chance(file) > limits.over();
        return answered && rise(file) < limits.nats() / 2;
    }

    /// By what share of the judged rows fewer are right than at best; 0 where that is not known.
    private static double answersFewer(LearntFile file) {
        Double now = file.newest().score().exactMatch();
        Double best = file.answered() == null ? null : file.answered().score().exactMatch();
        return now == null || best == null ? 0 : best - now;
    }

    /// That so few are right of as many, though the model knows as much as at its best.
    private static double chance(LearntFile file) {
        if (file.answered() == null) {
            return 1;
        }
        Score best = file.answered().score();
        Score now = file.newest().score();
        return FisherExactTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(new int[][] {
                    {best.right(), best.judged() - best.right()},
                    {now.right(), now.judged() - now.right()}
                })
                .getPValue();
    }

    private static double rise(LearntFile file) {
        if (file.lowest() == null) {
            return 0;
        }
        double now = file.newest().score().crossEntropy();
        return Double.isFinite(now) ? now - file.lowest().score().crossEntropy() : Double.POSITIVE_INFINITY;
    }

    private static Finding found(List<LearntFile> lost) {
        LearntFile newest = lost.getLast();
        String others = lost.size() == 1 ? "" : " (and %d more)".formatted(lost.size() - 1);
        return new Finding(
                Severity.WARNING,
                "The model has forgotten what it had learnt from %s%s.".formatted(newest.name(), others),
                evidence(newest),
                "Mix rows of earlier files into the next ones, or drop the file again; a lower learning_rate or adapters forget less.",
                Double.NaN,
                newest.newest().globalStep());
    }

    private static String evidence(LearntFile file) {
        Score now = file.newest().score();
        String answers = file.answered() == null
                ? "answers cannot be judged"
                : "%d of %d answers right, at best %d of %d"
                        .formatted(
                                now.right(),
                                now.judged(),
                                file.answered().score().right(),
                                file.answered().score().judged());
        String entropy = file.lowest() == null
                ? ""
                : "; cross-entropy %s, at best %s"
                        .formatted(
                                Figures.of(now.crossEntropy()),
                                Figures.of(file.lowest().score().crossEntropy()));
        return answers + entropy;
    }
}
