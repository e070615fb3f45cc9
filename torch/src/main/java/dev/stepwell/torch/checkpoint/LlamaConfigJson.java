package dev.stepwell.torch.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepwell.torch.ModelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `config.json` in the terms of Hugging Face's `LlamaConfig`.
///
/// What may be absent has the default that `LlamaConfig` gives it. What this architecture does not have (biases,
/// scaled rotary embedding, another activation) is refused by name rather than ignored.
record LlamaConfigJson(
        @Nullable List<String> architectures,
        @Nullable String modelType,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        @Nullable Integer numKeyValueHeads,
        @Nullable Integer headDim,
        @Nullable String hiddenAct,
        int maxPositionEmbeddings,
        @Nullable Double initializerRange,
        @Nullable Double rmsNormEps,
        @Nullable Boolean useCache,
        @Nullable Double ropeTheta,
        @Nullable Object ropeScaling,
        @Nullable Boolean attentionBias,
        @Nullable Double attentionDropout,
        @Nullable Boolean mlpBias,
        @Nullable Boolean tieWordEmbeddings,
        @Nullable Integer bosTokenId,
        @Nullable Object eosTokenId,
        @Nullable Integer padTokenId,
        @JsonProperty("torch_dtype") @Nullable String torchDtype) {

    static LlamaConfigJson of(ModelConfig config, int endOfTurn, int padding) {
        return new LlamaConfigJson(
                List.of("LlamaForCausalLM"),
                "llama",
                config.vocabSize(),
                config.hiddenSize(),
                config.intermediateSize(),
                config.numHiddenLayers(),
                config.numAttentionHeads(),
                config.numKeyValueHeads(),
                config.headDim(),
                "silu",
                config.maxPositionEmbeddings(),
                config.initializerRange(),
                config.rmsNormEps(),
                true,
                config.ropeTheta(),
                null,
                false,
                0.0,
                false,
                config.tieWordEmbeddings(),
                null,
                endOfTurn,
                padding,
                "float32");
    }

    /// Reads the shape of the model in a checkpoint.
    ///
    /// @throws CorruptFileException if it is not a model that can be trained here
    static ModelConfig read(Path file) throws IOException {
        LlamaConfigJson json = Json.read(file, LlamaConfigJson.class);
        require(file, "model_type", json.modelType, "llama");
        require(file, "hidden_act", orElse(json.hiddenAct, "silu"), "silu");
        require(file, "rope_scaling", json.ropeScaling, null);
        require(file, "attention_bias", orElse(json.attentionBias, false), false);
        require(file, "mlp_bias", orElse(json.mlpBias, false), false);
        try {
            ModelConfig config = new ModelConfig(
                    json.vocabSize,
                    json.hiddenSize,
                    json.intermediateSize,
                    json.numHiddenLayers,
                    json.numAttentionHeads,
                    orElse(json.numKeyValueHeads, json.numAttentionHeads),
                    json.maxPositionEmbeddings,
                    orElse(json.ropeTheta, 10_000.0),
                    orElse(json.rmsNormEps, 1e-6),
                    orElse(json.tieWordEmbeddings, false),
                    orElse(json.initializerRange, 0.02));
            require(file, "head_dim", orElse(json.headDim, config.headDim()), config.headDim());
            return config;
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new CorruptFileException(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static void require(Path file, String key, @Nullable Object found, @Nullable Object supported)
            throws CorruptFileException {
        if (found == null ? supported != null : !found.equals(supported)) {
            throw new CorruptFileException(file, "%s is %s, only %s is supported".formatted(key, found, supported));
        }
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
