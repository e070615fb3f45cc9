package dev.stepwell.app.config;

import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.ModelSource;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.pretrained.PretrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The part of a [Config] that the embedded trainer takes. The only class here that knows its types, so that commands
/// that do not train never load them.
public final class TrainerSettings {
    private static final ConfigProblem NO_MODEL_TO_ADAPT = new ConfigProblem(
            0,
            "method = \"lora\" and model_path = null do not go together: an adapter is trained beside the weights of a"
                    + " model; name its folder, or set method to \"full\"");

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
                config.get(ConfigKeys.HELD_OUT),
                config.getInt(ConfigKeys.THREADS),
                new Compute(
                        dtype(config),
                        config.get(ConfigKeys.GRADIENT_CHECKPOINTING),
                        config.get(ConfigKeys.PACKING) ? RowLayout.PACKED : RowLayout.PADDED,
                        hardware(config)));
    }

    private static Dtype dtype(Config config) {
        return switch (config.get(ConfigKeys.DTYPE)) {
            case F32 -> Dtype.F32;
            case BF16 -> Dtype.BF16;
        };
    }

    private static Hardware hardware(Config config) {
        return switch (config.get(ConfigKeys.DEVICE)) {
            case CPU -> Hardware.CPU;
            case CUDA -> Hardware.CUDA;
        };
    }

    /// The model to start from, or nothing where it is made new.
    ///
    /// @param root base directory, from which a relative path leads
    /// @throws ConfigException if there is no model that can be trained, saying why
    public static Optional<PretrainedModel> pretrained(Config config, Path root) {
        Optional<String> path = config.get(ConfigKeys.MODEL_PATH);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PretrainedModel.open(root.resolve(path.get())));
        } catch (IOException e) {
            throw new ConfigException(
                    "config.json",
                    List.of(new ConfigProblem(0, "model_path = \"%s\": %s".formatted(path.get(), e.getMessage()))),
                    e);
        }
    }

    /// What the model is before its first step, and what of it is trained.
    ///
    /// @param pretrained as [#pretrained] found it
    /// @param vocabSize  of the tokenizer, special tokens included
    /// @throws ConfigException if an adapter is to be trained to a new model
    public static ModelSource source(Config config, Optional<PretrainedModel> pretrained, int vocabSize) {
        return switch (config.get(ConfigKeys.METHOD)) {
            case FULL ->
                pretrained.isEmpty()
                        ? new ModelSource.Scratch(model(config, vocabSize))
                        : new ModelSource.Pretrained(pretrained.get(), null);
            case LORA ->
                new ModelSource.Pretrained(
                        pretrained.orElseThrow(() -> new ConfigException("config.json", List.of(NO_MODEL_TO_ADAPT))),
                        lora(config));
        };
    }

    private static LoraConfig lora(Config config) {
        return new LoraConfig(
                config.getInt(ConfigKeys.LORA_RANK),
                config.get(ConfigKeys.LORA_ALPHA),
                config.get(ConfigKeys.LORA_DROPOUT),
                Set.copyOf(config.get(ConfigKeys.LORA_TARGET_MODULES)),
                config.get(ConfigKeys.LORA_RANK_STABILIZED));
    }

    /// The shape of a new model.
    ///
    /// @param vocabSize of the tokenizer, special tokens included
    public static ModelConfig model(Config config, int vocabSize) {
        return ModelConfig.llama(
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
