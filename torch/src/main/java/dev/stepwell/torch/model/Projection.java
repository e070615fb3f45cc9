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
    /// @param x `[…, in]`
    Tensor forward(Tensor x) {
        Tensor matrix = dtype.cast(weight);
        Tensor y =
                bias == null ? torch.linear(x, matrix) : torch.linear(x, matrix, new TensorOptional(dtype.cast(bias)));
        // As PEFT has it: the adapter computes in float32, and only the sum is rounded.
        return adapter == null ? y : dtype.cast(y.add(adapter.delta(dtype.exact(x))));
    }
}
