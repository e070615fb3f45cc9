package dev.stepwell.torch.model;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Drops a share of a tensor's elements (Srivastava et al., 2014), within a training pass. What is left has to be
/// scaled up by [#scale]; whoever scales anyway does both at once.
///
/// What is dropped follows from the pass's seed and the place in the model alone: nothing has to be saved for a
/// run that goes on to drop what it would have dropped, and a layer that is computed a second time drops the same
/// again.
///
/// An element is dropped by 16 random bits of its own, so that the share is exact to 1 / 65536. A generator's
/// draw has 64 of them: drawing is what costs. Backward passes keep a byte for each element.
final class Dropout {
    private static final int DRAWS = 1 << Short.SIZE;
    private static final int PER_LONG = Long.BYTES / Short.BYTES;

    private final int dropped;
    /// Whether libtorch draws, drops and scales in one call there; what a card draws is not what the CPU does.
    private final boolean fused;
    private @Nullable Long passSeed;

    /// @param share    0 to 1, 1 excluded
    /// @param hardware on which it drops
    Dropout(double share, Hardware hardware) {
        this.fused = hardware.equals(Hardware.CUDA);
        this.dropped = Math.min((int) Math.round(share * DRAWS), DRAWS - 1);
    }

    /// Begins a training pass.
    void begin(long seed) {
        // Drawn, for passes may have seeds one beside the other, as places have.
        passSeed = dropped == 0 ? null : new SplittableRandom(seed).nextLong();
    }

    /// Ends it: nothing is dropped any more.
    void end() {
        passSeed = null;
    }

    /// What makes up for what [#apply] drops now.
    double scale() {
        return passSeed == null || fused ? 1 : (double) DRAWS / (DRAWS - dropped);
    }

    /// @param place in the model, another for each use in a pass
    Tensor apply(Tensor x, long place) {
        if (passSeed == null) {
            return x;
        }
        long seed = new SplittableRandom(passSeed + place).nextLong();
        if (fused) {
            torch.cuda_manual_seed(seed);
            return torch.native_dropout(x, (double) dropped / DRAWS, new BoolOptional(true))
                    .get0();
        }
        Generator generator = torch.make_generator_cpu(seed);
        Tensor bits = torch.empty(
                        new long[] {Math.ceilDiv(x.numel(), PER_LONG)},
                        new TensorOptions(ScalarType.Long),
                        new MemoryFormatOptional())
                .random_(Long.MIN_VALUE, new LongOptional(), new GeneratorOptional(generator));
        Tensor draws = bits.to(x.device(), ScalarType.Long)
                .view(ScalarType.Short)
                .narrow(0, 0, x.numel())
                .view(x.shape());
        return x.masked_fill(draws.lt(new Scalar((short) (Short.MIN_VALUE + dropped))), new Scalar(0.0f));
    }
}
