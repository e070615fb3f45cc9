package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import org.jspecify.annotations.Nullable;

/// Where a layer finds its tensors.
///
/// @param config   shape of the model
/// @param dtype    in which it computes
/// @param base     the model's own
/// @param adapters what is trained beside them; null if they are trained themselves
record LayerWeights(
        ModelConfig config,
        Dtype dtype,
        Leaves base,
        @Nullable Adapters adapters) {
    /// @param trained laid out by [LoraLayout]
    record Adapters(LoraConfig lora, Leaves trained, Dropout dropout) {}

    Projection projection(ProjectionGroup group, int layer) {
        String name = group.leaf(layer);
        return new Projection(
                base.leaf(name),
                base.find(name + "_bias"),
                dtype,
                adapters == null ? null : LoraAdapter.of(group, layer, config, dtype, adapters));
    }

    RmsNorm norm(String name) {
        return new RmsNorm(
                base.leaf(name), config.rmsNormEps(), dtype, base.hardware().wide());
    }
}
