package dev.stepwell.torch;

import dev.stepwell.torch.pretrained.PretrainedModel;
import org.jspecify.annotations.Nullable;

/// What a model is before its first step, and what of it is trained.
public sealed interface ModelSource {
    /// Shape of the model.
    ModelConfig shape();

    /// How it is adapted; null where all its weights are trained.
    @Nullable
    LoraConfig lora();

    /// New weights, all of them trained.
    record Scratch(ModelConfig shape) implements ModelSource {
        @Override
        public @Nullable LoraConfig lora() {
            return null;
        }
    }

    /// A model that others have trained.
    ///
    /// @param lora trained beside its weights; null to train the weights
    record Pretrained(PretrainedModel model, @Nullable LoraConfig lora) implements ModelSource {
        @Override
        public ModelConfig shape() {
            return model.config();
        }
    }
}
