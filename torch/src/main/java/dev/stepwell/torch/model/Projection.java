package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A linear layer, or several that are applied to the same input, one below the other.
///
/// @param weight  `[out, in]`
/// @param bias    `[out]`; null for none
/// @param adapter what is added to its output; null for nothing
record Projection(
        Tensor weight, @Nullable Tensor bias, @Nullable LoraAdapter adapter) {
    /// @param x `[…, in]`
    Tensor forward(Tensor x) {
        Tensor y = bias == null ? torch.linear(x, weight) : torch.linear(x, weight, new TensorOptional(bias));
        return adapter == null ? y : y.add(adapter.delta(x));
    }
}
