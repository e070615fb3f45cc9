package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Causal self-attention with grouped queries (Ainslie et al., 2023).
///
/// Rows of a batch are padded on the right. That needs no mask of its own: a position sees only earlier ones, and all
/// padding comes later.
///
/// Between its two projections all is in float32: on CPUs, attention in bfloat16 takes libtorch twelve times as long.
final class Attention {
    private final int layer;
    private final Projection qkv;
    private final Projection output;
    private final @Nullable RmsNorm queryNorm;
    private final @Nullable RmsNorm keyNorm;
    private final long queryHeads;
    private final long keyHeads;
    private final long headDim;
    private final @Nullable Integer window;
    private final Dtype dtype;

    /// The attention of one layer.
    Attention(int layer, LayerWeights weights) {
        String prefix = "layers." + layer + ".";
        ModelConfig config = weights.config();
        this.layer = layer;
        this.qkv = weights.projection(ProjectionGroup.QKV, layer);
        this.output = weights.projection(ProjectionGroup.OUTPUT, layer);
        this.queryNorm = config.queryKeyNorm() ? weights.norm(prefix + "q_norm") : null;
        this.keyNorm = config.queryKeyNorm() ? weights.norm(prefix + "k_norm") : null;
        this.queryHeads = config.numAttentionHeads();
        this.keyHeads = config.numKeyValueHeads();
        this.headDim = config.headDim();
        this.window = config.slidingWindow();
        this.dtype = weights.dtype();
    }

    /// @param x         `[batch, length, hidden]`
    /// @param positions of `x`
    /// @param cache     keys and values of earlier positions, to which these are added; null if there are none
    Tensor forward(Tensor x, Positions positions, @Nullable KeyValueCache cache) {
        long batch = x.size(0);
        long length = x.size(1);
        Tensor projected = dtype.exact(qkv.forward(x)).view(batch, length, queryHeads + 2 * keyHeads, headDim);
        Tensor rotated = positions.angles().rotate(normalised(projected.narrow(2, 0, queryHeads + keyHeads)));
        TensorVector split = rotated.transpose(1, 2).split_with_sizes(new long[] {queryHeads, keyHeads}, 1);
        Tensor queries = split.get(0);
        Tensor keys = split.get(1);
        Tensor values = projected.narrow(2, queryHeads + keyHeads, keyHeads).transpose(1, 2);
        boolean causal = length > 1;
        if (cache != null) {
            if (causal && cache.length() > 0) {
                throw new IllegalArgumentException("after the first stretch, positions come one by one");
            }
            keys = cache.appendKeys(layer, keys);
            values = cache.appendValues(layer, values);
            if (!causal) {
                keys = seen(keys);
                values = seen(values);
            }
        }
        Tensor visible = positions.visible();
        Tensor attended = torch.scaled_dot_product_attention(
                queries,
                keys,
                values,
                visible == null ? new TensorOptional() : new TensorOptional(visible),
                0.0,
                causal && visible == null,
                new DoubleOptional(),
                queryHeads != keyHeads);
        return output.forward(dtype.cast(attended.transpose(1, 2).reshape(batch, length, queryHeads * headDim)));
    }

    /// @param queriesAndKeys `[batch, length, queryHeads + keyHeads, headDim]`
    private Tensor normalised(Tensor queriesAndKeys) {
        if (queryNorm == null || keyNorm == null) {
            return queriesAndKeys;
        }
        TensorVector both = new TensorVector(
                queryNorm.exact(queriesAndKeys.narrow(2, 0, queryHeads)),
                keyNorm.exact(queriesAndKeys.narrow(2, queryHeads, keyHeads)));
        return torch.cat(both, 2);
    }

    /// What the newest position sees of all before it.
    private Tensor seen(Tensor cached) {
        long length = cached.size(2);
        return window == null || length <= window ? cached : cached.narrow(2, length - window, window);
    }
}
