package dev.stepwell.torch.model;

import dev.stepwell.torch.WorkEvent;
import dev.stepwell.torch.WorkEvent.Work;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/// Gradient checkpointing (Chen et al., 2016): of each layer no more than its input is kept, and it runs a second
/// time on the way back. One layer's graph is in memory at a time, for a third more computing.
///
/// ```
///  embed ─→ input 0 ─→ layer 0 ─→ input 1 ─→ … ─→ layer n ─→ input n+1 ─→ loss     without gradients
///    ↑                    ↑ again                    ↑ again       │
///    └──── gradient ←─────┴───── gradient ←── … ←────┴── gradient ←┘               layer by layer
/// ```
///
/// What adapters drop follows from the pass and their place in the model, so that it is the same both times.
/// Gradients are those of the [WholeGraph], bit for bit but where a head is tied to a trained embedding, whose
/// two shares are added in another order.
record LayerByLayer() implements BackwardPass {
    @Override
    public double add(LlamaModel model, MicroBatch batch, double scale, @Nullable EntropySample entropy) {
        try (var _ = new PointerScope()) {
            Tensor ids = batch.idTensor();
            Positions positions = model.positions(batch);
            WorkEvent forward = WorkEvent.begin(Work.FORWARD);
            List<Tensor> inputs = inputs(model, ids, positions);
            forward.commit();
            Tensor top = inputs.getLast();
            // All gradients on the way down pass through this one tensor: nothing piles up.
            Tensor gradient = top.new_empty(top.shape());
            WorkEvent head = WorkEvent.begin(Work.HEAD);
            double loss = TargetLoss.backward(model, top, batch, scale, gradient, entropy);
            head.commit();
            if (!Double.isFinite(loss)) {
                return loss;
            }
            WorkEvent backward = WorkEvent.begin(Work.BACKWARD);
            for (int layer = model.config().numHiddenLayers() - 1; layer >= 0; layer--) {
                boolean wanted = layer > 0 || model.trainsEmbedding();
                layer(model, layer, inputs.get(layer), positions, gradient, wanted);
            }
            if (model.trainsEmbedding()) {
                backward(model.embedded(ids), gradient);
            }
            backward.commit();
            return loss;
        }
    }

    /// The input of every layer, and behind them the output of the last.
    private static List<Tensor> inputs(LlamaModel model, Tensor ids, Positions positions) {
        try (var _ = new NoGradGuard()) {
            List<Tensor> inputs = new ArrayList<>();
            Tensor x = model.embedded(ids);
            inputs.add(x);
            for (int layer = 0; layer < model.config().numHiddenLayers(); layer++) {
                x = model.layer(layer, x, positions, null);
                inputs.add(x);
            }
            return inputs;
        }
    }

    /// @param gradient of the layer's output; of its input afterwards
    /// @param wanted   whether anything below needs that: else it is not computed
    private static void layer(
            LlamaModel model, int layer, Tensor input, Positions positions, Tensor gradient, boolean wanted) {
        try (var _ = new PointerScope()) {
            Tensor x = wanted ? leaf(input) : input;
            backward(model.layer(layer, x, positions, null), gradient);
            if (wanted) {
                gradient.copy_(x.grad());
            }
        }
    }

    private static Tensor leaf(Tensor x) {
        Tensor leaf = x.detach();
        leaf.set_requires_grad(true);
        return leaf;
    }

    private static void backward(Tensor output, Tensor gradient) {
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }
}
