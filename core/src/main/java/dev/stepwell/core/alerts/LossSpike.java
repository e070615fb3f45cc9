package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.signals.LossFigures;
import dev.stepwell.core.signals.LossFigures.Usual;
import dev.stepwell.core.signals.Signals;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// A step whose loss stands far out from those before it. Its reference is the count of the last step that did.
record LossSpike(AlertThresholds.Spike limits) implements Detector {
    @Override
    public String type() {
        return "loss_spike";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        Signals signals = scene.signals();
        LossFigures loss = signals.loss();
        if (standing != null && signals.steps() - standing.reference() >= limits.calm()) {
            return Verdict.CLEAR;
        }
        if (loss == null || loss.usual() == null) {
            return Verdict.UNKNOWN;
        }
        boolean outstanding = standsOut(loss.newest(), loss.usual(), standing == null ? 1 : 0.5);
        if (!outstanding) {
            return standing == null ? Verdict.CLEAR : new Present(standing);
        }
        return new Present(
                standing == null
                        ? found(loss, loss.usual(), signals)
                        : standing.withReference((double) signals.steps()));
    }

    private boolean standsOut(double loss, Usual usual, double part) {
        double excess = loss - usual.median();
        return excess > part * limits.deviations() * usual.deviation()
                && excess > part * limits.nats()
                && excess > part * usual.median();
    }

    private static Finding found(LossFigures loss, Usual usual, Signals signals) {
        return new Finding(
                Severity.WARNING,
                "The loss of a step stood far out from those before it.",
                "loss %s, before it usually %s, give or take %s"
                        .formatted(
                                Figures.of(loss.newest()), Figures.of(usual.median()), Figures.of(usual.deviation())),
                "Look whether the loss comes down again. If it does not, or this comes back: look for odd rows in the file, or lower learning_rate or max_grad_norm.",
                (double) signals.steps(),
                signals.globalStep());
    }
}
