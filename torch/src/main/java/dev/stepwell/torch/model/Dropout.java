package dev.stepwell.torch.model;

import java.util.SplittableRandom;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Drops a share of a tensor's elements and scales up the others (Srivastava et al., 2014), within a training pass.
///
/// What is dropped follows from the pass's seed and the place in the model alone: nothing has to be saved for a run
/// that goes on to drop what it would have dropped, and a layer that is computed a second time drops the same again.
final class Dropout {
    private final double share;
    private @Nullable Long passSeed;

    /// @param share 0 to 1, 1 excluded
    Dropout(double share) {
        this.share = share;
    }

    /// Begins a training pass.
    void begin(long seed) {
        // Drawn, for passes may have seeds one beside the other, as places have.
        passSeed = share == 0 ? null : new SplittableRandom(seed).nextLong();
    }

    /// Ends it: nothing is dropped any more.
    void end() {
        passSeed = null;
    }

    /// @param place in the model, another for each use in a pass
    Tensor apply(Tensor x, long place) {
        if (passSeed == null) {
            return x;
        }
        Generator generator = torch.make_generator_cpu(new SplittableRandom(passSeed + place).nextLong());
        Tensor kept = torch.empty_like(x).bernoulli_(1 - share, new GeneratorOptional(generator));
        return x.mul(kept.div_(new Scalar(1 - share)));
    }
}
