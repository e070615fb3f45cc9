package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Drops a share of a tensor's elements and scales up the others (Srivastava et al., 2014), within a training pass.
///
/// What is dropped follows from the pass's seed alone: nothing has to be saved for a run that goes on to drop what it
/// would have dropped.
final class Dropout {
    private final double share;
    private @Nullable Generator generator;

    /// @param share 0 to 1, 1 excluded
    Dropout(double share) {
        this.share = share;
    }

    /// Begins a training pass, in whose pointer scope this is called.
    void begin(long seed) {
        generator = share == 0 ? null : torch.make_generator_cpu(seed);
    }

    /// Ends it: nothing is dropped any more.
    void end() {
        generator = null;
    }

    Tensor apply(Tensor x) {
        if (generator == null) {
            return x;
        }
        Tensor kept = torch.empty_like(x).bernoulli_(1 - share, new GeneratorOptional(generator));
        return x.mul(kept.div_(new Scalar(1 - share)));
    }
}
