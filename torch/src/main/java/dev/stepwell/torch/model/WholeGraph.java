package dev.stepwell.torch.model;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// One graph from the embedding to the loss: what every layer needs to go back is kept until the pass is over.
record WholeGraph() implements BackwardPass {
    @Override
    public double add(LlamaModel model, MicroBatch batch, double scale) {
        try (var _ = new PointerScope()) {
            Tensor loss = TargetLoss.sum(model, batch).mul(new Scalar(scale));
            double measured = loss.item_double();
            if (Double.isFinite(measured)) {
                loss.backward();
            }
            return measured;
        }
    }
}
