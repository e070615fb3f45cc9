package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One transformer block: attention and feed-forward, each on the normalised stream and added back to it.
final class DecoderLayer {
    private final RmsNorm attentionNorm;
    private final Attention attention;
    private final RmsNorm feedForwardNorm;
    private final FeedForward feedForward;

    DecoderLayer(int layer, LayerWeights weights) {
        String prefix = "layers." + layer + ".";
        attentionNorm = weights.norm(prefix + "attention_norm");
        attention = new Attention(layer, weights);
        feedForwardNorm = weights.norm(prefix + "mlp_norm");
        feedForward = new FeedForward(
                weights.projection(ProjectionGroup.GATE_UP, layer), weights.projection(ProjectionGroup.DOWN, layer));
    }

    Tensor forward(Tensor x, Positions positions, @Nullable KeyValueCache cache) {
        Tensor attended = x.add(attention.forward(attentionNorm.forward(x), positions, cache));
        return attended.add(feedForward.forward(feedForwardNorm.forward(attended)));
    }
}
