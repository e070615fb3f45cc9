package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.SpeedFigures;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// Steps take much longer than they did. Its reference is the speed that was usual before, so that being slow
/// for long is not taken for usual.
record ThroughputDrop(AlertThresholds.Slowness limits) implements Detector {
    @Override
    public String type() {
        return "throughput_drop";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        SpeedFigures speed = scene.signals().speed();
        if (speed.baseline() == null || speed.fastest() == null) {
            return Verdict.CLEAR; // Steps of another kind: nothing to hold them against.
        }
        double usual = standing == null ? speed.baseline() : standing.reference();
        double limit = standing == null ? limits.opens() : limits.over();
        return speed.fastest() >= limit * usual ? Verdict.CLEAR : new Present(found(speed.fastest(), usual));
    }

    private static Finding found(double now, double usual) {
        return new Finding(
                Severity.WARNING,
                "Training is much slower than it was.",
                "no more than %s tokens/s, usually %s".formatted(Figures.of(now), Figures.of(usual)),
                "See what else the machine does: other programs, too little memory, a processor or GPU that is hot or saves power.",
                usual,
                null);
    }
}
