package dev.stepwell.app.config;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.TrainerConfig;

/// The part of a [Config] that the embedded trainer takes. The only class here that knows its types, so that commands
/// that do not train never load them.
public final class TrainerSettings {
    private TrainerSettings() {}

    /// How to train.
    public static TrainerConfig trainer(Config config) {
        return new TrainerConfig(
                config.getInt(ConfigKeys.BATCH_SIZE),
                config.getInt(ConfigKeys.GRADIENT_ACCUMULATION),
                config.getInt(ConfigKeys.EPOCHS),
                config.get(ConfigKeys.LEARNING_RATE),
                config.getInt(ConfigKeys.WARMUP_STEPS),
                config.get(ConfigKeys.WEIGHT_DECAY),
                config.get(ConfigKeys.MAX_GRAD_NORM),
                config.getInt(ConfigKeys.EVAL_STEPS),
                config.getInt(ConfigKeys.NUM_EVAL_SAMPLES),
                config.getInt(ConfigKeys.SAVE_STEPS),
                config.getInt(ConfigKeys.MAX_LENGTH),
                config.getInt(ConfigKeys.MAX_OUTPUT_TOKENS),
                config.get(ConfigKeys.SEED),
                config.getInt(ConfigKeys.THREADS));
    }

    /// The shape of a new model.
    ///
    /// @param vocabSize of the tokenizer, special tokens included
    public static ModelConfig model(Config config, int vocabSize) {
        return new ModelConfig(
                vocabSize,
                config.getInt(ConfigKeys.HIDDEN_SIZE),
                config.getInt(ConfigKeys.INTERMEDIATE_SIZE),
                config.getInt(ConfigKeys.NUM_HIDDEN_LAYERS),
                config.getInt(ConfigKeys.NUM_ATTENTION_HEADS),
                config.getInt(ConfigKeys.NUM_KEY_VALUE_HEADS),
                config.getInt(ConfigKeys.MAX_POSITION_EMBEDDINGS),
                config.get(ConfigKeys.ROPE_THETA),
                config.get(ConfigKeys.RMS_NORM_EPS),
                config.get(ConfigKeys.TIE_WORD_EMBEDDINGS),
                config.get(ConfigKeys.INITIALIZER_RANGE));
    }
}
