package dev.stepwell.torch.model;

import dev.stepwell.torch.WorkEvent;
import dev.stepwell.torch.WorkEvent.Work;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/// One graph from the embedding to the loss: what every layer needs to go back is kept until the pass is over.
record WholeGraph() implements BackwardPass {
    @Override
    public double add(LlamaModel model, MicroBatch batch, double scale, @Nullable EntropySample entropy) {
        try (var _ = new PointerScope()) {
            WorkEvent forward = WorkEvent.begin(Work.FORWARD);
            Tensor top = model.hidden(batch);
            forward.commit();
            WorkEvent head = WorkEvent.begin(Work.HEAD);
            Tensor gradient = top.new_empty(top.shape());
            double loss = TargetLoss.backward(model, top, batch, scale, gradient, entropy);
            head.commit();
            if (Double.isFinite(loss)) {
                WorkEvent backward = WorkEvent.begin(Work.BACKWARD);
                top.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
                backward.commit();
            }
            return loss;
        }
    }
}
