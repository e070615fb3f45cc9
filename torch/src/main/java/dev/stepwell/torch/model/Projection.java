package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A linear layer, or several that are applied to the same input, one below the other.
///
/// @param weight  `[out, in]`
/// @param bias    `[out]`; null for none
/// @param dtype   in which it is computed
/// @param adapter what is added to its output; null for nothing
record Projection(
        Tensor weight,
        @Nullable Tensor bias,
        Dtype dtype,
        @Nullable LoraAdapter adapter) {
    /// The projections of an input.
    ///
    /// @param x `[positions, in]`
    /// @return `[positions, out]`
    Tensor forward(Tensor x) {
        Tensor matrix = dtype.cast(weight);
        Tensor y =
                bias == null ? torch.linear(x, matrix) : torch.linear(x, matrix, new TensorOptional(dtype.cast(bias)));
        if (adapter != null) {
            adapter.addTo(y, x);
        }
        return y;
    }
}
