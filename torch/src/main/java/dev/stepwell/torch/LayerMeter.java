package dev.stepwell.torch;

import dev.stepwell.core.training.StepSample.LayerNorms;
import dev.stepwell.torch.model.LayerParts;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import java.util.ArrayList;
import java.util.List;

/// What one step does to each layer: asked before its gradients are clipped, and again when its weights have
/// moved.
final class LayerMeter {
    private final Parameters parameters;
    private final AdamW optimizer;
    private final LayerParts parts;

    LayerMeter(Parameters parameters, AdamW optimizer) {
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.parts = LayerParts.of(parameters.layout());
    }

    /// The norms of the gradients as they are now.
    double[] gradients() {
        return parts.norms(parameters.gradients());
    }

    /// The norms of a step that the optimizer has just done.
    ///
    /// @param gradients before it, as [#gradients] gave them
    List<LayerNorms> moved(double[] gradients) {
        double[] updates = parts.norms(optimizer.newestUpdate());
        double[] weights = parts.norms(parameters.values());
        List<LayerNorms> layers = new ArrayList<>();
        for (int i = 0; i < gradients.length; i++) {
            layers.add(new LayerNorms(parts.names().get(i), gradients[i], updates[i], weights[i]));
        }
        return layers;
    }
}
