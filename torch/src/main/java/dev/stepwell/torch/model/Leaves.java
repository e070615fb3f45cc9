package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The tensors that a forward pass works with, by the names that a [ParameterLayout] gives them.
interface Leaves {
    /// The tensor of this name; null if there is none.
    @Nullable
    Tensor find(String name);

    /// The tensor of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    default Tensor leaf(String name) {
        Tensor leaf = find(name);
        if (leaf == null) {
            throw new IllegalArgumentException("no leaf " + name);
        }
        return leaf;
    }

    /// Where they are.
    Hardware hardware();
}
