package dev.stepwell.torch.model;

import dev.stepwell.torch.Compute;
import org.jspecify.annotations.Nullable;

/// How the gradients of a micro-batch come about.
public sealed interface BackwardPass permits WholeGraph, LayerByLayer {
    /// Adds the gradients of `scale ×` the batch's summed loss to the model's own.
    ///
    /// @return that loss; if it is not finite, the gradients are of no use
    default double add(LlamaModel model, MicroBatch batch, double scale) {
        return add(model, batch, scale, null);
    }

    /// The same.
    ///
    /// @param entropy told of the scores on the way; null for nobody
    double add(LlamaModel model, MicroBatch batch, double scale, @Nullable EntropySample entropy);

    /// The pass that `compute` asks for.
    static BackwardPass of(Compute compute) {
        return compute.gradientCheckpointing() ? new LayerByLayer() : new WholeGraph();
    }
}
