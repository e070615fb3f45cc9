package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One transformer block: attention and feed-forward, each on the normalised stream and added back to it.
final class DecoderLayer {
    private final RmsNorm attentionNorm;
    private final Attention attention;
    private final RmsNorm feedForwardNorm;
    private final FeedForward feedForward;

    DecoderLayer(int layer, ModelConfig config, Parameters parameters) {
        String prefix = "layers." + layer + ".";
        attentionNorm = new RmsNorm(parameters.leaf(prefix + "attention_norm"), config.rmsNormEps());
        attention = new Attention(layer, config, parameters.leaf(prefix + "qkv"), parameters.leaf(prefix + "o"));
        feedForwardNorm = new RmsNorm(parameters.leaf(prefix + "mlp_norm"), config.rmsNormEps());
        feedForward = new FeedForward(parameters.leaf(prefix + "gate_up"), parameters.leaf(prefix + "down"));
    }

    Tensor forward(Tensor x, RotaryEmbedding.Angles angles, @Nullable KeyValueCache cache) {
        Tensor attended = x.add(attention.forward(attentionNorm.forward(x), angles, cache));
        return attended.add(feedForward.forward(feedForwardNorm.forward(attended)));
    }
}
