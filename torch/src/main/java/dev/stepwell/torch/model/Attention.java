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
final class Attention {
    private final int layer;
    private final Tensor qkv;
    private final Tensor output;
    private final long queryHeads;
    private final long keyHeads;
    private final long headDim;

    /// @param qkv    weights of queries, keys and values, one below the other
    /// @param output weights of the output projection
    Attention(int layer, ModelConfig config, Tensor qkv, Tensor output) {
        this.layer = layer;
        this.qkv = qkv;
        this.output = output;
        this.queryHeads = config.numAttentionHeads();
        this.keyHeads = config.numKeyValueHeads();
        this.headDim = config.headDim();
    }

    /// @param x      `[batch, length, hidden]`
    /// @param angles rotation of these positions
    /// @param cache  keys and values of earlier positions, to which these are added; null if there are none
    Tensor forward(Tensor x, RotaryEmbedding.Angles angles, @Nullable KeyValueCache cache) {
        long batch = x.size(0);
        long length = x.size(1);
        Tensor projected = torch.linear(x, qkv).view(batch, length, queryHeads + 2 * keyHeads, headDim);
        Tensor rotated = angles.rotate(projected.narrow(2, 0, queryHeads + keyHeads));
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
        }
        Tensor attended = torch.scaled_dot_product_attention(
                queries, keys, values, new TensorOptional(), 0.0, causal, new DoubleOptional(), queryHeads != keyHeads);
        return torch.linear(attended.transpose(1, 2).reshape(batch, length, queryHeads * headDim), output);
    }
}
