package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.status.LiveStatus;
import dev.stepwell.core.status.LiveStatus.RefusedStep;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A loss or a gradient that is no number. Stands until a step is finite again, whatever files come between.
record NonFinite(Quantity quantity) implements Detector {
    /// What is not finite. A gradient is looked at only where the loss is finite: else there was none.
    enum Quantity {
        LOSS,
        GRADIENT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isBroken(double loss, double gradientNorm) {
            return switch (this) {
                case LOSS -> !Double.isFinite(loss);
                case GRADIENT -> Double.isFinite(loss) && !Double.isFinite(gradientNorm);
            };
        }
    }

    @Override
    public String type() {
        return "non_finite_" + quantity.word();
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        LiveStatus live = scene.live();
        RefusedStep refused = live.refused();
        if (refused != null) {
            return quantity.isBroken(refused.loss(), refused.gradientNorm())
                    ? new Present(found(
                            refused.loss(),
                            refused.gradientNorm(),
                            "so it was not taken and its file has failed",
                            refused.globalStep()))
                    : Verdict.CLEAR;
        }
        StepCompleted step = live.step();
        return step != null && quantity.isBroken(step.loss(), step.gradientNorm())
                ? new Present(found(step.loss(), step.gradientNorm(), "and the weights are in doubt", live.modelStep()))
                : Verdict.CLEAR;
    }

    private Finding found(double loss, double gradientNorm, String consequence, @Nullable Long step) {
        return new Finding(
                Severity.CRITICAL,
                "The %s of a step is not a finite number, %s.".formatted(quantity.word(), consequence),
                "loss %s, gradient norm %s".formatted(loss, gradientNorm),
                "Lower learning_rate or max_grad_norm, or look for broken rows in the file. The next finite step ends this.",
                Double.NaN,
                step);
    }
}
