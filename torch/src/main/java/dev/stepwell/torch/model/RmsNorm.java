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
    private final Dtype dtype;
    private final boolean fused;

    /// @param weight scale of each feature, `[hidden]`
    /// @param dtype  of what [#forward] returns
    /// @param fused  whether libtorch has a kernel that rounds only what it returns, whatever the type of its input
    RmsNorm(Tensor weight, double eps, Dtype dtype, boolean fused) {
        this.weight = weight;
        this.eps = eps;
        this.dtype = dtype;
        this.fused = fused;
    }

    /// @param x `[…, hidden]`
    Tensor forward(Tensor x) {
        return fused ? normalised(x, dtype.cast(weight)) : dtype.cast(exact(x));
    }

    /// The same, not rounded.
    Tensor exact(Tensor x) {
        return normalised(dtype.exact(x), dtype.exact(weight));
    }

    private Tensor normalised(Tensor x, Tensor scale) {
        return torch.rms_norm(x, new long[] {weight.size(0)}, new TensorOptional(scale), new DoubleOptional(eps));
    }
}
