package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/// Where each weight lies in the one buffer that holds them all; drawn for a whole model, see [LoraLayout] for the
/// other use.
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

        /// The part of a buffer that is this one's; in the caller's scope.
        Tensor in(Tensor buffer) {
            return view(buffer, offset, shape);
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

        /// The part of a buffer that is this one's; in the caller's scope.
        Tensor in(Tensor buffer) {
            return view(buffer, offset, shape);
        }

        boolean isLoraA() {
            return name.endsWith(".lora_A.weight");
        }

        boolean isBias() {
            return name.endsWith(".bias");
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

    /// Views of `buffer`, which is laid out so, by the names of the slots. They belong to the caller's scope.
    SequencedMap<String, Tensor> named(Tensor buffer) {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        for (Slot slot : slots) {
            named.put(slot.name(), slot.in(buffer));
        }
        return named;
    }

    private static Tensor view(Tensor buffer, long offset, List<Long> shape) {
        long[] dimensions = shape.stream().mapToLong(Long::longValue).toArray();
        return buffer.narrow(0, offset, elements(shape)).view(dimensions);
    }

    /// The layout of a model of shape `config`.
    public static ParameterLayout of(ModelConfig config) {
        Builder builder = new Builder();
        long hidden = config.hiddenSize();
        builder.leaf("embed", part("model.embed_tokens.weight", config.vocabSize(), hidden));
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            for (ProjectionGroup group : ProjectionGroup.values()) {
                builder.leaf(group.leaf(layer), weights(group, config, layer));
            }
        }
        if (!config.tieWordEmbeddings()) {
            builder.leaf("head", part("lm_head.weight", config.vocabSize(), hidden));
        }
        long matrixEnd = builder.end;
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            vectors(builder, config, layer);
        }
        builder.leaf("norm", part("model.norm.weight", hidden));
        return new ParameterLayout(builder.leaves, builder.slots, matrixEnd, builder.end);
    }

    private static Part[] weights(ProjectionGroup group, ModelConfig config, int layer) {
        return group.modules().stream()
                .map(module -> part(group.path(layer, module) + ".weight", group.out(config, module), group.in(config)))
                .toArray(Part[]::new);
    }

    private static void vectors(Builder builder, ModelConfig config, int layer) {
        String leaf = "layers." + layer + ".";
        String path = "model.layers." + layer + ".";
        for (ProjectionGroup group : ProjectionGroup.values()) {
            if (group.hasBias(config)) {
                builder.leaf(
                        group.leaf(layer) + "_bias",
                        group.modules().stream()
                                .map(module -> part(group.path(layer, module) + ".bias", group.out(config, module)))
                                .toArray(Part[]::new));
            }
        }
        if (config.queryKeyNorm()) {
            builder.leaf(leaf + "q_norm", part(path + "self_attn.q_norm.weight", config.headDim()));
            builder.leaf(leaf + "k_norm", part(path + "self_attn.k_norm.weight", config.headDim()));
        }
        builder.leaf(leaf + "attention_norm", part(path + "input_layernorm.weight", config.hiddenSize()));
        builder.leaf(leaf + "mlp_norm", part(path + "post_attention_layernorm.weight", config.hiddenSize()));
    }

    /// The layout of adapters by `lora` for a model of shape `config`.
    public static ParameterLayout ofAdapters(ModelConfig config, LoraConfig lora) {
        return LoraLayout.of(config, lora);
    }

    record Part(String name, List<Long> shape) {}

    static Part part(String name, long rows, long columns) {
        return new Part(name, List.of(rows, columns));
    }

    static Part part(String name, long features) {
        return new Part(name, List.of(features));
    }

    static final class Builder {
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

        /// A layout of nothing but matrices.
        ParameterLayout allMatrices() {
            return new ParameterLayout(leaves, slots, end, end);
        }
    }
}
