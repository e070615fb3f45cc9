package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// What low-rank adaptation adds to a group of projections: `s · B A x` for each that is targeted, 0 for the others.
///
/// ```
///         ┌ A of q ┐      ┌ B of q ┐
///   x ──→ │        │ ──→  │   0    │  (k is not targeted)
///         └ A of v ┘      └ B of v ┘
/// ```
final class LoraAdapter {
    private final Tensor a;
    private final List<Branch> branches;
    private final Dropout dropout;
    private final double scale;
    private final Dtype dtype;
    private final long place;

    /// One projection of the group.
    ///
    /// @param b   `[out, rank]`; null if it is not targeted
    /// @param out its features
    private record Branch(@Nullable Tensor b, long out) {}

    private LoraAdapter(Tensor a, List<Branch> branches, Dropout dropout, LoraConfig lora, Dtype dtype, long place) {
        this.a = a;
        this.branches = branches;
        this.dropout = dropout;
        this.scale = lora.scale();
        this.dtype = dtype;
        this.place = place;
    }

    /// The adapter of a layer's group; null if none of it is targeted.
    ///
    /// @param dtype in which it computes
    static @Nullable LoraAdapter of(
            ProjectionGroup group, int layer, ModelConfig config, Dtype dtype, LayerWeights.Adapters adapters) {
        Leaves trained = adapters.trained();
        Tensor a = trained.find(LoraLayout.a(group, layer));
        if (a == null) {
            return null;
        }
        List<Branch> branches = new ArrayList<>();
        for (String module : group.modules()) {
            branches.add(new Branch(trained.find(LoraLayout.b(group, layer, module)), group.out(config, module)));
        }
        return new LoraAdapter(a, branches, adapters.dropout(), adapters.lora(), dtype, group.place(layer));
    }

    /// Adds to what the projections make of an input.
    ///
    /// @param y `[positions, out of all]`, nobody else's: it is overwritten
    /// @param x `[positions, in]`
    void addTo(Tensor y, Tensor x) {
        Tensor narrow = torch.linear(dropout.apply(x, place), dtype.cast(a)).mul(new Scalar(scale * dropout.scale()));
        y.addmm_(narrow, dtype.cast(b()).t());
    }

    /// All `B`s as one matrix, each in the rows of its projection and the columns of its `A`. Most of it is 0, and yet
    /// one product and no copy of the sum are less work than one product for each.
    private Tensor b() {
        if (branches.size() == 1) {
            return Objects.requireNonNull(branches.getFirst().b);
        }
        TensorVector blocks = new TensorVector();
        for (Branch branch : branches) {
            blocks.push_back(branch.b == null ? a.new_zeros(branch.out, 0) : branch.b);
        }
        return torch.block_diag(blocks);
    }
}
