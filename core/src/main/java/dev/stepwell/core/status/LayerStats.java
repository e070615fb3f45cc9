package dev.stepwell.core.status;

import static dev.stepwell.core.status.SignalFields.finite;

import dev.stepwell.core.training.StepSample.LayerNorms;
import org.jspecify.annotations.Nullable;

/// L2 norms over all that is trained in one layer; null where one is not finite.
///
/// @param layer        its number from 0, or `embed`, `head` or `norm`
/// @param gradientNorm of its gradient before clipping
/// @param updateNorm   of what the optimizer added in the step
/// @param weightNorm   of its trained numbers after it
public record LayerStats(
        @Nullable String layer,
        @Nullable Double gradientNorm,
        @Nullable Double updateNorm,
        @Nullable Double weightNorm) {
    static LayerStats of(LayerNorms norms) {
        return new LayerStats(norms.layer(), finite(norms.gradient()), finite(norms.update()), finite(norms.weight()));
    }
}
