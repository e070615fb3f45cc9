package dev.stepwell.torch.model;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Root mean square normalisation over the last dimension: `x / sqrt(mean(x²) + eps) * weight`
/// (Zhang and Sennrich, 2019).
final class RmsNorm {
    private final Tensor weight;
    private final double eps;

    /// @param weight scale of each feature, `[hidden]`
    RmsNorm(Tensor weight, double eps) {
        this.weight = weight;
        this.eps = eps;
    }

    /// @param x `[…, hidden]`
    Tensor forward(Tensor x) {
        return torch.rms_norm(x, new long[] {weight.size(0)}, new TensorOptional(weight), new DoubleOptional(eps));
    }
}
