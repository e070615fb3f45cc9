package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Cross-entropy at target positions only, and there some positions at a time: the head's output, as wide as the
/// vocabulary, would else be most of what a pass needs of memory.
public final class TargetLoss {
    /// `reduction` of libtorch's losses: add up.
    private static final long SUM = 2;

    private static final long IGNORE_NOTHING = -100;

    /// Fewer positions than this are not worth a matrix product of their own.
    private static final long LEAST_POSITIONS = 32;

    private TargetLoss() {}

    /// The sum over the batch's targets of `-log p(target)`, in nats.
    public static double measured(LlamaModel model, MicroBatch batch) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor picked = picked(model, model.hidden(batch), batch);
            Tensor targets = model.indices(torch.tensor(batch.targets()));
            double loss = 0;
            for (Stretch stretch : stretches(model, batch)) {
                try (var _ = new PointerScope()) {
                    loss += sum(model.logits(stretch.of(picked)), stretch.of(targets))
                            .item_double();
                }
            }
            return loss;
        }
    }

    /// The way back through the loss and the head: adds the gradients of `scale ×` the batch's summed loss to the
    /// head's weights, where those are trained.
    ///
    /// @param top      residual stream after the last layer, `[positions, hidden]`; not followed any further
    /// @param gradient filled with the gradient of `top`, of whose shape it is
    /// @param entropy  told of all scores; null for nobody
    /// @return that loss; if it is not finite, gradients are of no use
    static double backward(
            LlamaModel model,
            Tensor top,
            MicroBatch batch,
            double scale,
            Tensor gradient,
            @Nullable EntropySample entropy) {
        try (var _ = new PointerScope()) {
            Tensor picked = picked(model, top.detach(), batch);
            Tensor targets = model.indices(torch.tensor(batch.targets()));
            TensorVector gradients = new TensorVector();
            double loss = 0;
            for (Stretch stretch : stretches(model, batch)) {
                Tensor leaf = stretch.of(picked).detach();
                leaf.set_requires_grad(true);
                loss += backward(model, leaf, stretch.of(targets), scale, entropy);
                if (!Double.isFinite(loss)) {
                    return loss;
                }
                gradients.push_back(leaf.grad());
            }
            gradient.zero_();
            gradient.index_copy_(0, model.indices(torch.tensor(batch.positions())), torch.cat(gradients, 0));
            return loss;
        }
    }

    private static double backward(
            LlamaModel model, Tensor leaf, Tensor targets, double scale, @Nullable EntropySample entropy) {
        try (var _ = new PointerScope()) {
            Tensor scores = model.logits(leaf);
            if (entropy != null) {
                entropy.add(scores);
            }
            Tensor loss = sum(scores, targets).mul(new Scalar(scale));
            double measured = loss.item_double();
            if (Double.isFinite(measured)) {
                loss.backward();
            }
            return measured;
        }
    }

    static Tensor picked(LlamaModel model, Tensor hidden, MicroBatch batch) {
        return hidden.index_select(0, model.indices(torch.tensor(batch.positions())));
    }

    private static Tensor sum(Tensor scores, Tensor targets) {
        return torch.cross_entropy_loss(scores, targets, new TensorOptional(), SUM, IGNORE_NOTHING, 0.0);
    }

    /// Some of the targets, one after the other.
    record Stretch(long from, long length) {
        Tensor of(Tensor all) {
            return all.narrow(0, from, length);
        }
    }

    /// The most positions whose scores are in memory at a time.
    public static long positionsAtOnce(ModelConfig config, Hardware hardware) {
        return Math.max(LEAST_POSITIONS, hardware.scoresBytes() / Float.BYTES / config.vocabSize());
    }

    static List<Stretch> stretches(LlamaModel model, MicroBatch batch) {
        int targets = batch.targets().length;
        long count = Math.ceilDiv(targets, positionsAtOnce(model.config(), model.hardware()));
        List<Stretch> stretches = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long from = i * targets / count;
            stretches.add(new Stretch(from, (i + 1) * targets / count - from));
        }
        return stretches;
    }
}
