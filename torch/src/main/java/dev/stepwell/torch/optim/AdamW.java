package dev.stepwell.torch.optim;

import dev.stepwell.torch.model.Parameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// AdamW (Loshchilov and Hutter, 2019) over all weights at once, in PyTorch's formulation:
///
/// ```
///  θ ← θ − lr λ θ                        matrices only
///  m ← β₁ m + (1 − β₁) g
///  v ← β₂ v + (1 − β₂) g²
///  θ ← θ − lr / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
/// ```
///
/// Its whole state is `m`, `v` and the number of steps `t`, so that a checkpoint can hold it exactly.
public final class AdamW implements AutoCloseable {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Parameters parameters;
    private final double weightDecay;
    private final Tensor expAvg;
    private final Tensor expAvgSq;
    /// Reused, for a fresh buffer of this size at every step is pages to be faulted in at every step.
    private final Tensor scratch;
    private long step;
    /// What the newest step multiplied with; 0 where `scratch` is not what it divided by.
    private double factor;

    /// A fresh optimizer of `parameters`, which the caller keeps owning.
    ///
    /// @param weightDecay λ
    public AdamW(Parameters parameters, double weightDecay) {
        this.parameters = parameters;
        this.weightDecay = weightDecay;
        try (var _ = new PointerScope()) {
            expAvg = torch.zeros_like(parameters.values()).retainReference();
            expAvgSq = torch.zeros_like(parameters.values()).retainReference();
            scratch = torch.zeros_like(parameters.values()).retainReference();
        }
    }

    /// First moment `m`, laid out as the weights are.
    public Tensor expAvg() {
        return expAvg;
    }

    /// Second moment `v`, laid out as the weights are.
    public Tensor expAvgSq() {
        return expAvgSq;
    }

    /// Steps done.
    public long step() {
        return step;
    }

    /// Takes up where a checkpoint left off; the moments are filled in by the caller.
    public void resumeAt(long steps) {
        this.step = steps;
    }

    /// Forgets everything, as if no step had been done.
    public void reset() {
        step = 0;
        try (var _ = new PointerScope()) {
            expAvg.zero_();
            expAvgSq.zero_();
        }
    }

    /// One step along the gradients, which are left as they are.
    ///
    /// @param learningRate lr
    public void step(double learningRate) {
        step++;
        double correction1 = 1 - Math.pow(BETA1, (double) step);
        double correction2 = 1 - Math.pow(BETA2, (double) step);
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor gradients = parameters.gradients();
            Tensor values = parameters.values();
            if (weightDecay != 0) {
                values.narrow(0, 0, parameters.layout().matrixEnd()).mul_(new Scalar(1 - learningRate * weightDecay));
            }
            expAvg.lerp_(gradients, new Scalar(1 - BETA1));
            expAvgSq.mul_(new Scalar(BETA2)).addcmul_(gradients, gradients, new Scalar(1 - BETA2));
            torch.sqrt_out(scratch, expAvgSq);
            scratch.div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(EPSILON));
            factor = -learningRate / correction1;
            values.addcdiv_(expAvg, scratch, new Scalar(factor));
        }
    }

    /// What the newest step added to the weights, laid out as they are; weight decay is not part of it. Valid until the
    /// next one, whose buffer it is.
    ///
    /// @throws IllegalStateException if there was no step, or it was asked for before
    public Tensor newestUpdate() {
        if (factor == 0) {
            throw new IllegalStateException("no step since this was asked for last");
        }
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            scratch.reciprocal_().mul_(expAvg).mul_(new Scalar(factor));
            factor = 0;
        }
        return scratch;
    }

    @Override
    public void close() {
        expAvg.releaseReference();
        expAvgSq.releaseReference();
        scratch.releaseReference();
    }
}
