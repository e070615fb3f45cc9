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

    /// @param weight scale of each feature, `[hidden]`
    /// @param dtype  of what [#forward] returns
    RmsNorm(Tensor weight, double eps, Dtype dtype) {
        this.weight = weight;
        this.eps = eps;
        this.dtype = dtype;
    }

    /// @param x `[…, hidden]`
    Tensor forward(Tensor x) {
        return dtype.cast(exact(x));
    }

    /// The same, not rounded.
    Tensor exact(Tensor x) {
        return torch.rms_norm(
                dtype.exact(x),
                new long[] {weight.size(0)},
                new TensorOptional(dtype.exact(weight)),
                new DoubleOptional(eps));
    }
}
