package dev.stepwell.torch.checkpoint;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepwell.torch.Architecture;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.Rope;
import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `config.json` of a model, in the terms of Hugging Face's configurations of the [Architecture]s.
///
/// What may be absent has the default that those configurations give it. What is not computed here (another
/// activation, other scalings of the rotary embedding, windows in some layers only) is refused by name rather than
/// ignored.
public record ModelConfigJson(
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
        @Nullable RopeJson ropeScaling,
        @Nullable RopeJson ropeParameters,
        @Nullable Boolean attentionBias,
        @Nullable Double attentionDropout,
        @Nullable Boolean mlpBias,
        @Nullable Boolean useSlidingWindow,
        @Nullable Integer slidingWindow,
        @Nullable Boolean tieWordEmbeddings,
        @Nullable Object quantizationConfig,
        @Nullable Object bosTokenId,
        @Nullable Object eosTokenId,
        @Nullable Integer padTokenId,
        @JsonProperty(TORCH_DTYPE) @Nullable String torchDtype) {
    private static final String DTYPE = "dtype";
    private static final String TORCH_DTYPE = "torch_dtype";
    private static final String FLOAT32 = "float32";

    static ModelConfigJson of(ModelConfig config, int endOfTurn, int padding) {
        RopeJson scaling = RopeJson.scalingOf(config.rope());
        return new ModelConfigJson(
                List.of(config.architecture().className()),
                config.architecture().modelType(),
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
                config.rope().theta(),
                scaling,
                scaling,
                config.attentionBias(),
                0.0,
                config.mlpBias(),
                config.architecture() == Architecture.MISTRAL ? null : (Boolean) false,
                config.slidingWindow(),
                config.tieWordEmbeddings(),
                null,
                null,
                endOfTurn,
                padding,
                FLOAT32);
    }

    /// Reads the shape of the model in a folder.
    ///
    /// @throws CorruptFileException if it is not a model that can be trained here, saying what of it cannot
    /// @throws IOException          if the file cannot be read
    public static ModelConfig read(Path file) throws IOException {
        ModelConfigJson json = Json.read(file, ModelConfigJson.class);
        try {
            return json.config();
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new CorruptFileException(file, String.valueOf(e.getMessage()), e);
        }
    }

    /// The file as it is, but for the type of the weights: what somebody's model says of itself, for weights that were
    /// trained on from it.
    ///
    /// @throws CorruptFileException if it is no object
    /// @throws IOException          if it cannot be read
    static ObjectNode inFloat32(Path file) throws IOException {
        ObjectNode json = Json.read(file, ObjectNode.class);
        // The newer name where it is used.
        json.put(json.has(DTYPE) ? DTYPE : TORCH_DTYPE, FLOAT32);
        return json;
    }

    private ModelConfig config() {
        Architecture architecture = architecture();
        require("hidden_act", orElse(hiddenAct, "silu"), "silu");
        require("quantization_config", quantizationConfig, null);
        boolean mistral = architecture == Architecture.MISTRAL;
        require("use_sliding_window", orElse(useSlidingWindow, mistral), mistral);
        RopeJson rope = ropeParameters != null ? ropeParameters : ropeScaling;
        Double theta = rope == null || rope.ropeTheta() == null ? ropeTheta : rope.ropeTheta();
        return new ModelConfig(
                architecture,
                vocabSize,
                hiddenSize,
                intermediateSize,
                numHiddenLayers,
                numAttentionHeads,
                orElse(numKeyValueHeads, numAttentionHeads),
                headDim != null ? headDim : ModelConfig.headDim(hiddenSize, numAttentionHeads),
                maxPositionEmbeddings,
                new Rope(orElse(theta, 10_000.0), rope == null ? null : rope.scaling()),
                orElse(rmsNormEps, 1e-6),
                orElse(tieWordEmbeddings, false),
                orElse(attentionBias, false),
                orElse(mlpBias, false),
                mistral ? slidingWindow : null,
                orElse(initializerRange, 0.02));
    }

    private Architecture architecture() {
        String name = architectures == null || architectures.isEmpty() ? "none" : architectures.getFirst();
        return Architecture.named(name)
                .orElseThrow(() -> new IllegalArgumentException("the architecture is %s, supported are %s"
                        .formatted(
                                name,
                                Arrays.stream(Architecture.values())
                                        .map(Architecture::className)
                                        .collect(Collectors.joining(", ")))));
    }

    private static void require(String key, @Nullable Object found, @Nullable Object supported) {
        if (found == null ? supported != null : !found.equals(supported)) {
            throw new IllegalArgumentException("%s is %s, only %s is supported".formatted(key, found, supported));
        }
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
