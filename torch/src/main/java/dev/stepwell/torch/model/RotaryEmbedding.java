package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Rotary position embedding (Su et al., 2021) in the half-split convention of Hugging Face's Llama: feature `i` is
/// rotated with feature `i + headDim / 2` by the angle `position * theta^(-2i / headDim)`.
///
/// ```
///  x_i         ←  x_i cos − x_(i+half) sin
///  x_(i+half)  ←  x_(i+half) cos + x_i sin
/// ```
///
/// With the sign of the first line kept in the table of sines, that is `x * cos + roll(x, half) * sin`: two operations
/// and a copy, for queries and keys at once.
final class RotaryEmbedding implements AutoCloseable {
    private final Tensor cos;
    private final Tensor sin;
    private final long half;

    RotaryEmbedding(ModelConfig config) {
        int positions = config.maxPositionEmbeddings();
        int dim = config.headDim();
        half = dim / 2;
        float[] cosines = new float[positions * dim];
        float[] sines = new float[positions * dim];
        for (int i = 0; i < half; i++) {
            double frequency = Math.pow(config.ropeTheta(), -2.0 * i / dim);
            for (int position = 0; position < positions; position++) {
                double angle = position * frequency;
                int first = position * dim + i;
                int second = first + (int) half;
                cosines[first] = cosines[second] = (float) Math.cos(angle);
                sines[first] = (float) -Math.sin(angle);
                sines[second] = (float) Math.sin(angle);
            }
        }
        try (var _ = new PointerScope()) {
            cos = torch.tensor(cosines).view(positions, 1, dim).retainReference();
            sin = torch.tensor(sines).view(positions, 1, dim).retainReference();
        }
    }

    /// The table's rows for `length` positions from `start`: cosines and sines, each `[length, 1, headDim]`.
    Angles at(long start, long length) {
        return new Angles(cos.narrow(0, start, length), sin.narrow(0, start, length), half);
    }

    /// What rotates one stretch of positions; shared by all layers of a forward pass.
    record Angles(Tensor cos, Tensor sin, long half) {
        /// @param x `[batch, length, heads, headDim]`
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
