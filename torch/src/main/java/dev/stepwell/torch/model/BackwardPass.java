package dev.stepwell.torch.model;

import dev.stepwell.torch.Compute;

/// How the gradients of a micro-batch come about.
public sealed interface BackwardPass permits WholeGraph, LayerByLayer {
    /// Adds the gradients of `scale ×` the batch's summed loss to the model's own.
    ///
    /// @return that loss; if it is not finite, the gradients are of no use
    double add(LlamaModel model, MicroBatch batch, double scale);

    /// The pass that `compute` asks for.
    static BackwardPass of(Compute compute) {
        return compute.gradientCheckpointing() ? new LayerByLayer() : new WholeGraph();
    }
}
