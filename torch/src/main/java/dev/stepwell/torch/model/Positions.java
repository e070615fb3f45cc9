package dev.stepwell.torch.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// What all layers need to know of the positions of one forward pass.
///
/// @param angles rotation of these positions
/// @param blocks the rows to which they belong, in the order of the positions, or of the places in `bands`
/// @param bands  where attention has them; null if it has them as they are
record Positions(
        RotaryEmbedding.Angles angles,
        List<Block> blocks,
        @Nullable Places bands) {
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

    /// Places of [Bands].
    ///
    /// @param into position of each place, `[places]`
    /// @param back place of each position, `[positions]`
    record Places(Tensor into, Tensor back) {
        /// What goes into each place: of `x`, `[positions, …]`, that is `[places, …]`.
        Tensor filled(Tensor x) {
            return x.index_select(0, into);
        }

        /// What is at the place of each position: of `x`, `[places, …]`, that is `[positions, …]`.
        Tensor picked(Tensor x) {
            return x.index_select(0, back);
        }
    }
}
