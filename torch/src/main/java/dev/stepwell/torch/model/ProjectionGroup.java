package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.List;

/// Projections of a layer that work on the same input and are computed as one.
enum ProjectionGroup {
    QKV("qkv", "self_attn"),
    OUTPUT("o", "self_attn"),
    GATE_UP("gate_up", "mlp"),
    DOWN("down", "mlp");

    private final String leaf;
    private final String block;

    ProjectionGroup(String leaf, String block) {
        this.leaf = leaf;
        this.block = block;
    }

    /// Name of the group's leaf in a layer.
    String leaf(int layer) {
        return "layers." + layer + "." + leaf;
    }

    /// A number that no other group of the model has.
    long place(int layer) {
        List<ProjectionGroup> groups = List.of(values());
        return (long) layer * groups.size() + groups.indexOf(this);
    }

    /// Hugging Face's names of the projections, in the order in which they lie below each other.
    List<String> modules() {
        return switch (this) {
            case QKV -> List.of("q_proj", "k_proj", "v_proj");
            case OUTPUT -> List.of("o_proj");
            case GATE_UP -> List.of("gate_proj", "up_proj");
            case DOWN -> List.of("down_proj");
        };
    }

    /// Hugging Face's path to one of them.
    String path(int layer, String module) {
        return "model.layers." + layer + "." + block + "." + module;
    }

    /// Features that go in.
    long in(ModelConfig config) {
        return switch (this) {
            case QKV, GATE_UP -> config.hiddenSize();
            case OUTPUT -> (long) config.numAttentionHeads() * config.headDim();
            case DOWN -> config.intermediateSize();
        };
    }

    /// Features that come out of one of the projections.
    long out(ModelConfig config, String module) {
        return switch (this) {
            case QKV ->
                (long) (module.equals("q_proj") ? config.numAttentionHeads() : config.numKeyValueHeads())
                        * config.headDim();
            case OUTPUT, DOWN -> config.hiddenSize();
            case GATE_UP -> config.intermediateSize();
        };
    }

    boolean hasBias(ModelConfig config) {
        return switch (this) {
            case QKV -> config.queryKeyValueBias();
            case OUTPUT -> config.attentionBias();
            case GATE_UP, DOWN -> config.mlpBias();
        };
    }
}
