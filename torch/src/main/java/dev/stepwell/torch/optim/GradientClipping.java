package dev.stepwell.torch.optim;

import dev.stepwell.torch.model.Parameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Clipping by global norm (Pascanu et al., 2013): all gradients are scaled by the same factor, so that their
/// direction stays.
public final class GradientClipping {
    /// Added to the norm before dividing by it, as PyTorch does.
    private static final double EPSILON = 1e-6;

    private GradientClipping() {}

    /// Scales the gradients so that their L2 norm is at most `maxNorm`.
    ///
    /// @param maxNorm 0 for no clipping
    /// @return the norm before; if it is not finite, nothing was scaled
    public static double clip(Parameters parameters, double maxNorm) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor gradients = parameters.gradients();
            double norm = gradients.norm().item_double();
            if (maxNorm > 0 && norm > maxNorm && Double.isFinite(norm)) {
                gradients.mul_(new Scalar(maxNorm / (norm + EPSILON)));
            }
            return norm;
        }
    }
}
