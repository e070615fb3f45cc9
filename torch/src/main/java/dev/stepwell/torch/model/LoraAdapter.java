package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.List;
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
    private final long rank;
    private final long place;

    /// One projection of the group.
    ///
    /// @param b   `[out, rank]`; null if it is not targeted
    /// @param out its features
    private record Branch(@Nullable Tensor b, long out) {}

    private LoraAdapter(Tensor a, List<Branch> branches, Dropout dropout, LoraConfig lora, long place) {
        this.a = a;
        this.branches = branches;
        this.dropout = dropout;
        this.scale = lora.scale();
        this.rank = lora.rank();
        this.place = place;
    }

    /// The adapter of a layer's group; null if none of it is targeted.
    ///
    /// @param trained laid out by [LoraLayout]
    static @Nullable LoraAdapter of(
            ProjectionGroup group, int layer, ModelConfig config, LoraConfig lora, Leaves trained, Dropout dropout) {
        Tensor a = trained.find(LoraLayout.a(group, layer));
        if (a == null) {
            return null;
        }
        List<Branch> branches = new ArrayList<>();
        for (String module : group.modules()) {
            branches.add(new Branch(trained.find(LoraLayout.b(group, layer, module)), group.out(config, module)));
        }
        return new LoraAdapter(a, branches, dropout, lora, group.place(layer));
    }

    /// What is added for an input.
    ///
    /// @param x `[batch, length, in]`, float32 as the adapter is
    /// @return `[batch, length, out of all]`, float32
    Tensor delta(Tensor x) {
        Tensor narrow = torch.linear(dropout.apply(x, place), a).mul(new Scalar(scale * dropout.scale()));
        TensorVector deltas = new TensorVector();
        long used = 0;
        for (Branch branch : branches) {
            if (branch.b == null) {
                deltas.push_back(x.new_zeros(x.size(0), x.size(1), branch.out));
            } else {
                deltas.push_back(torch.linear(narrow.narrow(-1, used, rank), branch.b));
                used += rank;
            }
        }
        return branches.size() == 1 ? deltas.get(0) : torch.cat(deltas, -1);
    }
}
