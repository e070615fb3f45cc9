package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// What all layers need to know of the positions of one forward pass.
///
/// @param angles  rotation of these positions
/// @param visible which earlier positions each of them sees, `[length, length]`, where that is not all of them; null
///                where it is
record Positions(RotaryEmbedding.Angles angles, @Nullable Tensor visible) {}
