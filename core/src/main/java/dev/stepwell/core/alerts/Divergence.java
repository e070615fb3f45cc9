package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.LossFigures;
import dev.stepwell.core.signals.LossFigures.Level;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// The level of the loss has risen, within its file, far above where it was. The next file says whether the
/// weights have recovered as soon as it has a level of its own.
record Divergence(AlertThresholds.Rise limits) implements Detector {
    @Override
    public String type() {
        return "divergence";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        LossFigures loss = scene.signals().loss();
        Level level = loss == null ? null : loss.level();
        if (level == null) {
            return Verdict.UNKNOWN;
        }
        if (!isHigh(level, standing == null ? 1 : 0.5)) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.CRITICAL,
                        "The loss rises instead of falling: training undoes what it had learnt.",
                        "the level of the loss is %s, and was %s, give or take %s"
                                .formatted(
                                        Figures.of(level.now()), Figures.of(level.best()), Figures.of(level.noise())),
                        "Lower learning_rate, skip the file if its rows are broken, and go back to a checkpoint or snapshot from before if the model is worse than it was."));
    }

    private boolean isHigh(Level level, double part) {
        return level.rise() > part * limits.noises() * level.noise()
                && level.rise() > part * limits.share() * level.best()
                && level.rise() > part * limits.nats();
    }
}
