package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.LossFigures;
import dev.stepwell.core.signals.LossFigures.Level;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.Evaluation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The model gets better at the file in training and worse at rows that it is not trained on, both since the file
/// began: what earlier files did to it is not the doing of this one.
record Overfitting(AlertThresholds.Gap limits) implements Detector {
    @Override
    public String type() {
        return "overfitting";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        List<Evaluation> asked = scene.live().evaluations().scores().fixed();
        if (asked.isEmpty()) {
            return Verdict.UNKNOWN;
        }
        double now = asked.getLast().score().crossEntropy();
        double best = asked.stream()
                .filter(evaluation -> comparable(evaluation, asked.getLast()))
                .mapToDouble(evaluation -> evaluation.score().crossEntropy())
                .filter(Double::isFinite)
                .min()
                .orElse(now);
        if (!(now > best * (1 + (standing == null ? limits.opens() : limits.over())))) {
            return Verdict.CLEAR;
        }
        LossFigures loss = scene.signals().loss();
        Level level = loss == null ? null : loss.level();
        if (standing == null && (level == null || level.now() >= level.first() * (1 - limits.over()))) {
            return Verdict.UNKNOWN;
        }
        return new Present(standing != null && level == null ? standing : found(asked.getLast(), best, level));
    }

    /// Of the same file, and of about as many rows: a mean over few of them is mostly chance.
    private static boolean comparable(Evaluation one, Evaluation other) {
        int rows = one.score().rows();
        return one.fileId() == other.fileId()
                && rows <= 2 * other.score().rows()
                && other.score().rows() <= 2 * rows;
    }

    private static Finding found(Evaluation newest, double best, @Nullable Level level) {
        String own = level == null
                ? ""
                : "; the file's own loss went from %s to %s"
                        .formatted(Figures.of(level.first()), Figures.of(level.now()));
        return new Finding(
                Severity.WARNING,
                "The model gets better at %s and worse at the validation set.".formatted(newest.file()),
                "validation cross-entropy %s, at best %s%s"
                        .formatted(Figures.of(newest.score().crossEntropy()), Figures.of(best), own),
                "Fewer epochs, a lower learning_rate, more varied rows, or adapters with dropout; skip ends this file.",
                Double.NaN,
                newest.globalStep());
    }
}
