package dev.stepwell.core.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is measured of every so many steps only, because it takes time.
///
/// @param tokenEntropy mean entropy of the model's distribution of the next token, in nats, over some of the
///                     step's target positions, before its weights moved; null if it was not finite
/// @param layers       what is trained, layer by layer, from the embedding to the head
public record StepSample(@Nullable Double tokenEntropy, List<LayerNorms> layers) {
    public StepSample {
        layers = List.copyOf(layers);
    }

    /// L2 norms over all that is trained in one layer, adapters or weights.
    ///
    /// @param layer    its number from 0, or `embed`, `head` or `norm` for what belongs to none
    /// @param gradient of its gradient before clipping
    /// @param update   of what the optimizer added in this step, weight decay not counted
    /// @param weight   of its trained numbers after the step
    public record LayerNorms(String layer, double gradient, double update, double weight) {}
}
