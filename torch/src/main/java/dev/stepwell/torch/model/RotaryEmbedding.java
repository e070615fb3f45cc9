package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.Rope;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Rotary position embedding (Su et al., 2021) in the half-split convention of Hugging Face's Llama: feature `i` is
/// rotated with feature `i + headDim / 2` by the angle `position` times the [frequency][Rope#frequency] of `i`.
///
/// ```
///  x_i         ←  x_i cos − x_(i+half) sin
///  x_(i+half)  ←  x_(i+half) cos + x_i sin
/// ```
///
/// With the sign of the first line kept in the table of sines, that is `x * cos + roll(x, half) * sin`: two operations
/// and a copy, for queries and keys at once.
///
/// The table grows with the longest stretch asked for: a model may allow a hundred thousand positions and see five
/// hundred.
final class RotaryEmbedding implements AutoCloseable {
    private static final int FIRST_POSITIONS = 256;

    private final Rope rope;
    private final int dim;
    private final int maxPositions;
    private final Hardware hardware;
    private Tensor cos;
    private Tensor sin;

    /// @param hardware on which the angles are wanted
    RotaryEmbedding(ModelConfig config, Hardware hardware) {
        this.hardware = hardware;
        rope = config.rope();
        dim = config.headDim();
        maxPositions = config.maxPositionEmbeddings();
        int positions = Math.min(FIRST_POSITIONS, maxPositions);
        cos = table(positions, Math::cos, 1);
        sin = table(positions, Math::sin, -1);
    }

    private Tensor table(int positions, DoubleUnaryOperator wave, int signOfFirstHalf) {
        int half = dim / 2;
        float[] values = new float[Math.multiplyExact(positions, dim)];
        for (int i = 0; i < half; i++) {
            double frequency = rope.frequency(i, dim);
            for (int position = 0; position < positions; position++) {
                float value = (float) wave.applyAsDouble(position * frequency);
                int first = position * dim + i;
                values[first] = signOfFirstHalf * value;
                values[first + half] = value;
            }
        }
        try (var _ = new PointerScope()) {
            return torch.tensor(values)
                    .view(positions, 1, dim)
                    .to(hardware.device(), ScalarType.Float)
                    .retainReference();
        }
    }

    /// The table's rows for whole rows of positions: cosines and sines, each `[positions, 1, headDim]`.
    ///
    /// @param lengths of the rows, at least one, one after the other
    Angles of(long[] lengths) {
        if (lengths.length == 1) {
            cover(lengths[0]);
            return new Angles(cos.narrow(0, 0, lengths[0]), sin.narrow(0, 0, lengths[0]), dim / 2);
        }
        return at(Arrays.stream(lengths)
                .flatMap(each -> LongStream.range(0, each))
                .toArray());
    }

    /// The same for positions of these numbers.
    Angles at(long[] positions) {
        cover(Arrays.stream(positions).max().orElseThrow() + 1);
        Tensor indices = torch.tensor(positions).to(hardware.device(), ScalarType.Long);
        return new Angles(cos.index_select(0, indices), sin.index_select(0, indices), dim / 2);
    }

    private void cover(long end) {
        if (end > cos.size(0)) {
            int positions = (int) Math.min(maxPositions, Math.max(end, 2 * cos.size(0)));
            close();
            cos = table(positions, Math::cos, 1);
            sin = table(positions, Math::sin, -1);
        }
    }

    /// What rotates positions; shared by all layers of a forward pass.
    record Angles(Tensor cos, Tensor sin, long half) {
        /// @param x `[positions, heads, headDim]`
        Tensor rotate(Tensor x) {
            return torch.addcmul(x.mul(cos), x.roll(new long[] {half}, -1), sin);
        }
    }

    @Override
    public void close() {
        cos.releaseReference();
        sin.releaseReference();
    }
}
