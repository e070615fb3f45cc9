package dev.stepwell.torch;

import dev.stepwell.data.Gate;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.WorkEvent.Work;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.optim.GradientClipping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One optimizer step: forward and backward over its micro-batches, clipping, AdamW.
///
/// The gradient is that of the mean over all target tokens of the step, so that it does not matter how the rows are
/// split into micro-batches.
final class OptimizerStep {
    private final Parameters parameters;
    private final AdamW optimizer;
    private final GradientAccumulation gradients;
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

    /// @param parameters  what is trained; `gradients` leaves its gradients there
    /// @param maxGradNorm to which they are clipped; 0 for no clipping
    OptimizerStep(Parameters parameters, AdamW optimizer, GradientAccumulation gradients, double maxGradNorm) {
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.gradients = gradients;
        this.maxGradNorm = maxGradNorm;
    }

    /// Trains `rows`. If the result is not finite, or there is none, weights and optimizer are as they were
    /// before.
    ///
    /// @param seed from which follows what adapters drop; another for each step
    /// @param gate asked before each micro-batch
    /// @return what was measured; null if the gate did not open
    /// @throws E what the gate throws
    <E extends Exception> @Nullable Result run(List<Example> rows, double learningRate, long seed, Gate<E> gate)
            throws E {
        int tokens = rows.stream().mapToInt(row -> row.ids().length).sum();
        Double loss = gradients.run(rows, seed, gate);
        if (loss == null) {
            return null;
        }
        if (!Double.isFinite(loss)) {
            return new Result(loss, Double.NaN, tokens);
        }
        WorkEvent update = WorkEvent.begin(Work.OPTIMIZER);
        Result result = new Result(loss, GradientClipping.clip(parameters, maxGradNorm), tokens);
        if (result.finite()) {
            optimizer.step(learningRate);
        }
        update.commit();
        return result;
    }
}
