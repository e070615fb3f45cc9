package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Keys and values of positions already seen, so that each new token costs one position only.
///
/// Rows may have prompts of different lengths. They end at the same place, so that what is new of each row is at the
/// same place, too:
///
/// ```
///  row 0   ····▪▪▪▪▪▪▫▫▫        ▪ prompt      read first, some rows of equal length at a time
///  row 1   ▪▪▪▪▪▪▪▪▪▪▫▫▫        ▫ answer      one position of every row at a time
///  row 2   ·▪▪▪▪▪▪▪▪▪▫▫▫        · nobody's
/// ```
///
/// Belongs to the scope it was made in.
public final class KeyValueCache {
    private final List<Tensor> keys = new ArrayList<>();
    private final List<Tensor> values = new ArrayList<>();
    private final Hardware hardware;
    private final @Nullable Integer window;
    private final long longest;
    private final long capacity;
    private long[] starts;
    private @Nullable Tensor own;
    private long rowsRead;
    private long length;

    /// @param prompts positions of each row's prompt; at least one row
    /// @param room    positions that each row may have after it
    KeyValueCache(ModelConfig config, int[] prompts, long room, Hardware hardware, Dtype dtype) {
        this.hardware = hardware;
        window = config.slidingWindow();
        longest = Arrays.stream(prompts).max().orElseThrow();
        capacity = longest + room;
        length = longest;
        starts = Arrays.stream(prompts).mapToLong(each -> longest - each).toArray();
        own = own();
        long[] shape = {prompts.length, config.numKeyValueHeads(), capacity, config.headDim()};
        TensorOptions options = hardware.options(dtype);
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            keys.add(torch.zeros(shape, options));
            values.add(torch.zeros(shape, options));
        }
    }

    /// Whether there are rows whose prompts are not here yet.
    boolean reading() {
        return rowsRead < starts.length;
    }

    /// Takes a layer's keys and values of the prompts of the next rows.
    ///
    /// @param keysOfRows   `[rows, heads, n, headDim]`
    /// @param valuesOfRows the same
    void read(int layer, Tensor keysOfRows, Tensor valuesOfRows) {
        place(keys.get(layer), keysOfRows);
        place(values.get(layer), valuesOfRows);
    }

    private void place(Tensor held, Tensor added) {
        if (starts[(int) rowsRead] != longest - added.size(2)) {
            throw new IllegalStateException("row %d has no prompt of %d positions".formatted(rowsRead, added.size(2)));
        }
        held.narrow(0, rowsRead, added.size(0))
                .narrow(2, longest - added.size(2), added.size(2))
                .copy_(added);
    }

    /// Ends a forward pass over the prompts of so many rows, or over one new position of all.
    void advance(long rows) {
        if (reading()) {
            rowsRead += rows;
        } else {
            length++;
        }
    }

    /// The number of the next position of each row.
    long[] next() {
        return LongStream.of(starts).map(start -> length - start).toArray();
    }

    /// Appends one position of each row, `[rows, heads, 1, headDim]`, to a layer's keys; those that the new position
    /// sees come back.
    Tensor appendKeys(int layer, Tensor added) {
        return append(keys.get(layer), added);
    }

    /// Appends to a layer's values, as [#appendKeys] does.
    Tensor appendValues(int layer, Tensor added) {
        return append(values.get(layer), added);
    }

    private Tensor append(Tensor held, Tensor added) {
        if (length == capacity) {
            throw new IllegalStateException("the cache has no more than %d positions".formatted(capacity));
        }
        if (added.size(2) != 1) {
            throw new IllegalArgumentException("after the prompts, positions come one by one");
        }
        held.narrow(2, length, 1).copy_(added);
        return seen(held, 2);
    }

    /// Which of the places that the new position of each row sees are the row's own, `[rows, 1, 1, places]`; null where
    /// all are.
    @Nullable
    Tensor visible() {
        return own == null ? null : seen(own, 3);
    }

    private Tensor seen(Tensor all, long dimension) {
        long end = length + 1;
        return window == null || end <= window
                ? all.narrow(dimension, 0, end)
                : all.narrow(dimension, end - window, window);
    }

    private @Nullable Tensor own() {
        if (Arrays.stream(starts).allMatch(start -> start == 0)) {
            return null;
        }
        TensorOptions options = new TensorOptions()
                .dtype(new ScalarTypeOptional(ScalarType.Long))
                .device(new DeviceOptional(hardware.device()));
        Tensor places = torch.arange(new Scalar(capacity), options);
        return places.view(1, 1, 1, -1)
                .ge(torch.tensor(starts).to(hardware.device(), ScalarType.Long).view(-1, 1, 1, 1));
    }

    /// Forgets all rows but `rows`, in whose order they are from now on. Called in the scope in which it was made.
    public void keep(int[] rows) {
        Tensor indices =
                torch.tensor(Arrays.stream(rows).asLongStream().toArray()).to(hardware.device(), ScalarType.Long);
        for (List<Tensor> held : List.of(keys, values)) {
            held.replaceAll(of -> {
                Tensor kept = of.index_select(0, indices);
                of.close();
                return kept;
            });
        }
        starts = Arrays.stream(rows).mapToLong(row -> starts[row]).toArray();
        rowsRead = starts.length;
        own = own();
    }
}
