package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Keys and values of positions already seen, so that each new token costs one position only.
///
/// Belongs to the scope it was made in. All rows of the batch have seen equally many positions.
public final class KeyValueCache {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final long capacity;
    private long length;

    /// @param capacity positions it can hold
    /// @param options  type and place of what it holds
    KeyValueCache(ModelConfig config, long batch, long capacity, TensorOptions options) {
        this.capacity = capacity;
        long[] shape = {batch, config.numKeyValueHeads(), capacity, config.headDim()};
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            keys.add(torch.zeros(shape, options));
            values.add(torch.zeros(shape, options));
        }
    }

    /// Positions every layer has seen.
    public long length() {
        return length;
    }

    /// Appends `added`, `[batch, heads, n, headDim]`, to a layer's keys; all keys of the layer come back.
    Tensor appendKeys(int layer, Tensor added) {
        return append(keys.get(layer), added);
    }

    /// Appends to a layer's values, as [#appendKeys] does.
    Tensor appendValues(int layer, Tensor added) {
        return append(values.get(layer), added);
    }

    /// Ends a forward pass over `positions` new positions.
    void advance(long positions) {
        length += positions;
    }

    private Tensor append(Tensor held, Tensor added) {
        long end = length + added.size(2);
        if (end > capacity) {
            throw new IllegalStateException("cache of %d positions cannot hold %d".formatted(capacity, end));
        }
        held.narrow(2, length, added.size(2)).copy_(added);
        return held.narrow(2, 0, end);
    }
}
