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
        Tensor ids = torch.tensor(batch.ids()).view(batch.rows(), batch.length());
        Tensor hidden = model.hidden(ids, null).view(-1, model.config().hiddenSize());
        Tensor picked = hidden.index_select(0, torch.tensor(batch.positions()));
        return torch.cross_entropy_loss(
                model.logits(picked), torch.tensor(batch.targets()), new TensorOptional(), SUM, IGNORE_NOTHING, 0.0);
    }
}
