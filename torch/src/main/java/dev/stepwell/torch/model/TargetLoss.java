package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Cross-entropy at target positions only: the head, whose output is as wide as the vocabulary, is not computed
/// anywhere else.
public final class TargetLoss {
    /// `reduction` of libtorch's losses: add up.
    private static final long SUM = 2;

    private static final long IGNORE_NOTHING = -100;

    private TargetLoss() {}

    /// The sum over the batch's targets of `-log p(target)`, in nats: a scalar that can be differentiated.
    public static Tensor sum(LlamaModel model, MicroBatch batch) {
        return sum(model, model.hidden(batch.idTensor(), null), batch);
    }

    /// The same from the residual stream after the last layer, `[rows, length, hidden]`.
    static Tensor sum(LlamaModel model, Tensor hidden, MicroBatch batch) {
        Tensor flat = hidden.view(-1, model.config().hiddenSize());
        Tensor picked = flat.index_select(0, torch.tensor(batch.positions()));
        return torch.cross_entropy_loss(
                model.logits(picked), torch.tensor(batch.targets()), new TensorOptional(), SUM, IGNORE_NOTHING, 0.0);
    }
}
