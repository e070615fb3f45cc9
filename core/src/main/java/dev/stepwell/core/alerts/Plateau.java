package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.LossFigures;
import dev.stepwell.core.signals.LossFigures.Level;
import dev.stepwell.core.signals.Trend;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// The loss of the file has not fallen for long, though there is something left to learn.
record Plateau(AlertThresholds.Standstill limits) implements Detector {
    @Override
    public String type() {
        return "plateau";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        LossFigures loss = scene.signals().loss();
        Level level = loss == null ? null : loss.level();
        if (loss == null || level == null || level.gain() == null || level.now() < limits.nats()) {
            return Verdict.CLEAR;
        }
        double worthwhile = Math.max(limits.share() * level.best(), limits.noises() * level.noise());
        boolean gains = level.gain() > (standing == null ? 1 : 2) * worthwhile;
        if (gains || (standing == null && loss.trend() != Trend.FLAT)) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.INFO,
                        "The loss of this file falls no more.",
                        "the level of the loss is %s; the latest %d steps gained %s on all before, single losses differ by %s"
                                .formatted(
                                        Figures.of(level.now()),
                                        Level.LATELY,
                                        Figures.of(level.gain()),
                                        Figures.of(level.noise())),
                        "If previews and evaluations are good, go on with the next file (skip). If they are not: another learning_rate, a larger model or rank, or better rows."));
    }
}
