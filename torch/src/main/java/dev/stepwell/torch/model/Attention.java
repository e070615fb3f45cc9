package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.model.Positions.Block;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Causal self-attention with grouped queries (Ainslie et al., 2023).
///
/// Rows lie one behind the other. All but attention proper works on each position alone, and so on all of them at once;
/// attention takes a block of rows of equal length at a time, so that no row sees another. Where rows are padded, it is
/// on the right. That needs no mask of its own: a position sees only earlier ones, and all padding comes later.
///
/// Rotation is in float32 in any case, attention proper in the type that is [fastest][Hardware#attention] for it.
final class Attention {
    private final int layer;
    private final Projection qkv;
    private final Projection output;
    private final @Nullable RmsNorm queryNorm;
    private final @Nullable RmsNorm keyNorm;
    private final long queryHeads;
    private final long keyHeads;
    private final long headDim;
    private final Dtype dtype;
    private final Dtype inner;

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
        this.dtype = weights.dtype();
        this.inner = weights.base().hardware().attention(dtype);
    }

    /// @param x         `[positions, hidden]`
    /// @param positions of `x`
    /// @param cache     takes keys and values of these positions, of one block, and has those of earlier ones; null
    ///                  if there is none
    Tensor forward(Tensor x, Positions positions, @Nullable KeyValueCache cache) {
        Tensor projected = dtype.exact(qkv.forward(x)).view(x.size(0), queryHeads + 2 * keyHeads, headDim);
        Tensor rotated = positions.angles().rotate(normalised(projected.narrow(1, 0, queryHeads + keyHeads)));
        Tensor values = projected.narrow(1, queryHeads + keyHeads, keyHeads);
        return output.forward(dtype.cast(attended(inner.cast(rotated), inner.cast(values), positions, cache)));
    }

    private Tensor attended(Tensor rotated, Tensor values, Positions positions, @Nullable KeyValueCache cache) {
        Positions.Places bands = positions.bands();
        if (bands == null) {
            return attended(rotated, values, positions.blocks(), cache);
        }
        return bands.picked(attended(bands.filled(rotated), bands.filled(values), positions.blocks(), cache));
    }

    /// @param rotated queries and keys, `[positions, queryHeads + keyHeads, headDim]`
    /// @param values  `[positions, keyHeads, headDim]`
    /// @return `[positions, queryHeads × headDim]`
    private Tensor attended(Tensor rotated, Tensor values, List<Block> blocks, @Nullable KeyValueCache cache) {
        if (blocks.size() == 1) {
            return attended(rotated, values, blocks.getFirst(), cache);
        }
        // Cut once: of each piece that was cut out alone, the way back would fill up the whole with zeros.
        long[] sizes = blocks.stream().mapToLong(Block::tokens).toArray();
        TensorVector rotatedOf = rotated.split_with_sizes(sizes, 0);
        TensorVector valuesOf = values.split_with_sizes(sizes, 0);
        TensorVector attended = new TensorVector();
        for (int i = 0; i < sizes.length; i++) {
            attended.push_back(attended(rotatedOf.get(i), valuesOf.get(i), blocks.get(i), cache));
        }
        return torch.cat(attended, 0);
    }

    private Tensor attended(Tensor rotated, Tensor valuesOfAll, Block block, @Nullable KeyValueCache cache) {
        TensorVector split = heads(rotated, block).split_with_sizes(new long[] {queryHeads, keyHeads}, 1);
        Tensor queries = split.get(0);
        Tensor keys = split.get(1);
        Tensor values = heads(valuesOfAll, block);
        if (cache != null && cache.reading()) {
            cache.read(layer, keys, values);
        } else if (cache != null) {
            keys = cache.appendKeys(layer, keys);
            values = cache.appendValues(layer, values);
        }
        boolean causal = block.length() > 1;
        Tensor visible = block.visible();
        Tensor attended = torch.scaled_dot_product_attention(
                queries,
                keys,
                values,
                visible == null ? new TensorOptional() : new TensorOptional(visible),
                0.0,
                causal && visible == null,
                new DoubleOptional(),
                queryHeads != keyHeads);
        return attended.transpose(1, 2).reshape(block.tokens(), queryHeads * headDim);
    }

    /// @param x `[tokens, heads, headDim]`
    /// @return `[rows, heads, length, headDim]`
    private Tensor heads(Tensor x, Block block) {
        return x.view(block.rows(), block.length(), x.size(1), headDim).transpose(1, 2);
    }

    /// @param queriesAndKeys `[positions, queryHeads + keyHeads, headDim]`
    private Tensor normalised(Tensor queriesAndKeys) {
        if (queryNorm == null || keyNorm == null) {
            return queriesAndKeys;
        }
        TensorVector both = new TensorVector(
                queryNorm.exact(queriesAndKeys.narrow(1, 0, queryHeads)),
                keyNorm.exact(queriesAndKeys.narrow(1, queryHeads, keyHeads)));
        return torch.cat(both, 1);
    }
}
