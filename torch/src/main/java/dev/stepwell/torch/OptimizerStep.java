package dev.stepwell.torch;

import dev.stepwell.core.training.StepSample;
import dev.stepwell.data.Gate;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.WorkEvent.Work;
import dev.stepwell.torch.model.EntropySample;
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
    private final LayerMeter layers;

    /// What a step measured.
    ///
    /// @param loss         mean over the step's target tokens
    /// @param gradientNorm before clipping; NaN if the loss was not finite
    /// @param tokens       padding not counted
    /// @param sample       what was measured besides; null where it was not, and if the result is not finite
    record Result(
            double loss,
            double gradientNorm,
            int tokens,
            @Nullable StepSample sample) {
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
        this.layers = new LayerMeter(parameters, optimizer);
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
        return run(rows, learningRate, seed, gate, false);
    }

    /// The same; and what it does is the same, whether more is measured or not.
    ///
    /// @param sampled whether more is measured of it than of others
    <E extends Exception> @Nullable Result run(
            List<Example> rows, double learningRate, long seed, Gate<E> gate, boolean sampled) throws E {
        EntropySample entropy = sampled ? new EntropySample() : null;
        int tokens = rows.stream().mapToInt(row -> row.ids().length).sum();
        Double loss = gradients.run(rows, seed, gate, entropy);
        if (loss == null) {
            return null;
        }
        if (!Double.isFinite(loss)) {
            return new Result(loss, Double.NaN, tokens, null);
        }
        WorkEvent update = WorkEvent.begin(Work.OPTIMIZER);
        double[] norms = sampled ? layers.gradients() : new double[0];
        double norm = GradientClipping.clip(parameters, maxGradNorm);
        StepSample sample = null;
        if (Double.isFinite(norm)) {
            optimizer.step(learningRate);
            sample = entropy == null ? null : new StepSample(entropy.mean(), layers.moved(norms));
        }
        update.commit();
        return new Result(loss, norm, tokens, sample);
    }
}
