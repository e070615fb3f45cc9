package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/// Where each weight lies in the one buffer that holds them all.
///
/// ```
///  matrices (decayed)                                            vectors (not decayed)
///  ├ embed ┤ layer 0: ├ q │ k │ v ┤├ o ┤├ gate │ up ┤├ down ┤ …  ├ norms … ┤
///                     └── one leaf ─┘    └─ one leaf ┘
/// ```
///
/// One buffer makes the optimizer a handful of operations instead of a handful for each weight. Weights that are
/// multiplied with the same input lie side by side, so that one multiplication serves them all (a [Leaf]), while each
/// keeps the name under which Hugging Face knows it (a [Slot]).
///
/// @param leaves tensors the forward pass works with, in the order of the buffer
/// @param slots  tensors of the checkpoint, by Hugging Face's names, in the order of the buffer
/// @param matrixEnd elements up to which the buffer holds matrices
/// @param size      elements of the buffer, gaps included
public record ParameterLayout(List<Leaf> leaves, List<Slot> slots, long matrixEnd, long size) {
    /// Elements to which leaves are aligned: 64 bytes of float32, a cache line and the widest vector register.
    private static final int ALIGNMENT = 16;

    /// A differentiated tensor.
    ///
    /// @param name   role of the tensor, such as `layers.0.qkv`
    /// @param offset elements before it in the buffer
    public record Leaf(String name, long offset, List<Long> shape) {
        public Leaf {
            shape = List.copyOf(shape);
        }
    }

    /// A tensor as checkpoints name it.
    ///
    /// @param name   Hugging Face's name, such as `model.layers.0.self_attn.q_proj.weight`
    /// @param offset elements before it in the buffer
    public record Slot(String name, long offset, List<Long> shape) {
        public Slot {
            shape = List.copyOf(shape);
        }
    }

    public ParameterLayout {
        leaves = List.copyOf(leaves);
        slots = List.copyOf(slots);
    }

    /// Numbers the model has: gaps not counted, a tied head counted once.
    public long parameterCount() {
        return slots.stream().mapToLong(slot -> elements(slot.shape())).sum();
    }

    /// Elements of a tensor of `shape`.
    public static long elements(List<Long> shape) {
        long product = 1;
        for (long dimension : shape) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }

    /// The layout of a model of shape `config`.
    public static ParameterLayout of(ModelConfig config) {
        Builder builder = new Builder();
        long hidden = config.hiddenSize();
        long queries = (long) config.numAttentionHeads() * config.headDim();
        long keys = (long) config.numKeyValueHeads() * config.headDim();
        long inner = config.intermediateSize();

        builder.leaf("embed", part("model.embed_tokens.weight", config.vocabSize(), hidden));
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            builder.leaf(
                    "layers." + layer + ".qkv",
                    part(prefix + "self_attn.q_proj.weight", queries, hidden),
                    part(prefix + "self_attn.k_proj.weight", keys, hidden),
                    part(prefix + "self_attn.v_proj.weight", keys, hidden));
            builder.leaf("layers." + layer + ".o", part(prefix + "self_attn.o_proj.weight", hidden, queries));
            builder.leaf(
                    "layers." + layer + ".gate_up",
                    part(prefix + "mlp.gate_proj.weight", inner, hidden),
                    part(prefix + "mlp.up_proj.weight", inner, hidden));
            builder.leaf("layers." + layer + ".down", part(prefix + "mlp.down_proj.weight", hidden, inner));
        }
        if (!config.tieWordEmbeddings()) {
            builder.leaf("head", part("lm_head.weight", config.vocabSize(), hidden));
        }
        long matrixEnd = builder.end;
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            builder.leaf("layers." + layer + ".attention_norm", part(prefix + "input_layernorm.weight", hidden));
            builder.leaf("layers." + layer + ".mlp_norm", part(prefix + "post_attention_layernorm.weight", hidden));
        }
        builder.leaf("norm", part("model.norm.weight", hidden));
        return new ParameterLayout(builder.leaves, builder.slots, matrixEnd, builder.end);
    }

    private record Part(String name, List<Long> shape) {}

    private static Part part(String name, long rows, long columns) {
        return new Part(name, List.of(rows, columns));
    }

    private static Part part(String name, long features) {
        return new Part(name, List.of(features));
    }

    private static final class Builder {
        private final List<Leaf> leaves = new ArrayList<>();
        private final List<Slot> slots = new ArrayList<>();
        private long end;

        /// Lays `parts`, which differ in their first dimension only, one behind the other as one leaf.
        void leaf(String name, Part... parts) {
            long start = end;
            long rows = 0;
            for (Part part : parts) {
                slots.add(new Slot(part.name(), end, part.shape()));
                end += elements(part.shape());
                rows += part.shape().getFirst();
            }
            List<Long> shape = new ArrayList<>(parts[0].shape());
            shape.set(0, rows);
            leaves.add(new Leaf(name, start, shape));
            end = Math.ceilDiv(end, ALIGNMENT) * ALIGNMENT;
        }
    }
}
