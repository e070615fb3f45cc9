package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// A decoder-only transformer of the Llama architecture; with the same weights it computes what Hugging Face's
/// `LlamaForCausalLM` computes.
///
/// Not thread-safe. Tensors that its methods return belong to the caller's pointer scope.
public final class LlamaModel implements AutoCloseable {
    private final ModelConfig config;
    private final Parameters parameters;
    private final RotaryEmbedding rotary;
    private final List<DecoderLayer> layers;
    private final RmsNorm norm;
    private final Tensor embedding;
    private final Tensor head;

    /// A model that works on, and owns, `parameters`.
    public LlamaModel(ModelConfig config, Parameters parameters) {
        this.config = config;
        this.parameters = parameters;
        rotary = new RotaryEmbedding(config);
        layers = IntStream.range(0, config.numHiddenLayers())
                .mapToObj(layer -> new DecoderLayer(layer, config, parameters))
                .toList();
        norm = new RmsNorm(parameters.leaf("norm"), config.rmsNormEps());
        embedding = parameters.leaf("embed");
        head = config.tieWordEmbeddings() ? embedding : parameters.leaf("head");
    }

    /// A model on the same weights with gradients of its own, to be used, and closed, by another thread than
    /// this one if need be. It must be closed before this one.
    public LlamaModel replica() {
        return new LlamaModel(config, parameters.replica());
    }

    public ModelConfig config() {
        return config;
    }

    public Parameters parameters() {
        return parameters;
    }

    /// The residual stream after the last layer, not yet normalised.
    ///
    /// @param ids   token ids, `[batch, length]`, int64; rows shorter than `length` are filled up on the right
    /// @param cache what earlier positions left behind, and where these leave theirs; null to start afresh
    /// @return `[batch, length, hidden]`
    public Tensor hidden(Tensor ids, @Nullable KeyValueCache cache) {
        long start = cache == null ? 0 : cache.length();
        long length = ids.size(1);
        if (start + length > config.maxPositionEmbeddings()) {
            throw new IllegalArgumentException("position %d is beyond max_position_embeddings %d"
                    .formatted(start + length, config.maxPositionEmbeddings()));
        }
        RotaryEmbedding.Angles angles = rotary.at(start, length);
        Tensor x = torch.embedding(embedding, ids);
        for (DecoderLayer layer : layers) {
            x = layer.forward(x, angles, cache);
        }
        if (cache != null) {
            cache.advance(length);
        }
        return x;
    }

    /// Scores of every token of the vocabulary, for positions picked out of [#hidden]. The final norm is part of it:
    /// both work on each position alone, so only positions that are wanted need them.
    ///
    /// @param picked `[n, hidden]`
    /// @return `[n, vocabulary]`
    public Tensor logits(Tensor picked) {
        return torch.linear(norm.forward(picked), head);
    }

    @Override
    public void close() {
        rotary.close();
        parameters.close();
    }
}
