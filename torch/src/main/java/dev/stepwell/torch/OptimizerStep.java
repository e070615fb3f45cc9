package dev.stepwell.torch;

import dev.stepwell.torch.data.Example;
import dev.stepwell.torch.data.Gate;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.TargetLoss;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.optim.GradientClipping;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// One optimizer step: forward and backward over its micro-batches, clipping, AdamW.
///
/// The gradient is that of the mean over all target tokens of the step, so that it does not matter how the rows are
/// split into micro-batches.
final class OptimizerStep {
    private final LlamaModel model;
    private final AdamW optimizer;
    private final int batchSize;
    private final int padding;
    private final double maxGradNorm;

    /// What a step measured.
    ///
    /// @param loss         mean over the step's target tokens
    /// @param gradientNorm before clipping; NaN if the loss was not finite
    /// @param tokens       padding not counted
    record Result(double loss, double gradientNorm, int tokens) {
        /// Whether the weights moved: they do not if the loss or a gradient is not a number one can follow.
        boolean finite() {
            return Double.isFinite(loss) && Double.isFinite(gradientNorm);
        }
    }

    OptimizerStep(LlamaModel model, AdamW optimizer, TrainerConfig config, int padding) {
        this.model = model;
        this.optimizer = optimizer;
        this.batchSize = config.batchSize();
        this.padding = padding;
        this.maxGradNorm = config.maxGradNorm();
    }

    /// Trains `rows`. If the result is not finite, or there is none, weights and optimizer are as they were
    /// before.
    ///
    /// @param gate asked before each micro-batch
    /// @return what was measured; null if the gate did not open
    /// @throws E what the gate throws
    <E extends Exception> @Nullable Result run(List<Example> rows, double learningRate, Gate<E> gate) throws E {
        List<MicroBatch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += batchSize) {
            batches.add(MicroBatch.of(rows.subList(from, Math.min(rows.size(), from + batchSize)), padding));
        }
        double targets = batches.stream().mapToInt(b -> b.targets().length).sum();
        int tokens = batches.stream().mapToInt(MicroBatch::tokens).sum();

        model.parameters().gradients().zero_();
        double loss = 0;
        for (MicroBatch batch : batches) {
            if (!gate.opens()) {
                return null;
            }
            try (var _ = new PointerScope()) {
                Tensor share = TargetLoss.sum(model, batch).mul(new Scalar(1 / targets));
                double measured = share.item_double();
                loss += measured;
                if (!Double.isFinite(measured)) {
                    return new Result(loss, Double.NaN, tokens);
                }
                share.backward();
            }
        }
        double norm = GradientClipping.clip(model.parameters(), maxGradNorm);
        Result result = new Result(loss, norm, tokens);
        if (result.finite()) {
            optimizer.step(learningRate);
        }
        return result;
    }
}
