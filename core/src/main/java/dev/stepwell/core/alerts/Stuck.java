package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A step does not end. Nothing is said before it is known how long they take.
record Stuck(AlertThresholds.Silence limits) implements Detector {
    @Override
    public String type() {
        return "stuck";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        Double step = scene.signals().speed().stepSeconds();
        Duration quiet = scene.quiet();
        if (quiet == null || step == null) {
            return Verdict.CLEAR;
        }
        double seconds = quiet.toNanos() / 1e9;
        double most = Math.max(limits.steps() * step, limits.least().toNanos() / 1e9);
        if (seconds <= most) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.CRITICAL,
                        "Training makes no step any more.",
                        "none for %s s; one usually takes %s s".formatted(Figures.of(seconds), Figures.of(step)),
                        "See whether the machine swaps, hangs on a disk or a GPU, or stands still. If it does not go on, stop the daemon and start it again: it goes on from its last checkpoint."));
    }
}
