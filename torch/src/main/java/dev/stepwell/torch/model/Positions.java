package dev.stepwell.torch.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// What all layers need to know of the positions of one forward pass.
///
/// @param angles rotation of these positions
/// @param blocks the rows to which they belong, in the order of the positions
record Positions(RotaryEmbedding.Angles angles, List<Block> blocks) {
    Positions {
        blocks = List.copyOf(blocks);
    }

    /// Rows that attention takes at once.
    ///
    /// @param rows    as many
    /// @param length  of each of them
    /// @param visible which earlier positions each sees, `[length, length]`, where that is not all of them; null
    ///                where it is
    record Block(long rows, long length, @Nullable Tensor visible) {
        long tokens() {
            return rows * length;
        }
    }
}
