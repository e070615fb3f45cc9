package dev.stepwell.torch;

import dev.stepwell.torch.WorkEvent.Work;
import dev.stepwell.torch.data.Example;
import dev.stepwell.torch.data.Gate;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.optim.GradientClipping;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// One optimizer step: forward and backward over its micro-batches, clipping, AdamW.
///
/// The gradient is that of the mean over all target tokens of the step, so that it does not matter how the rows are
/// split into micro-batches.
final class OptimizerStep {
    private final LlamaModel model;
    private final AdamW optimizer;
    private final GradientWorkers workers;
    private final int batchSize;
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

    OptimizerStep(LlamaModel model, AdamW optimizer, GradientWorkers workers, TrainerConfig config) {
        this.model = model;
        this.optimizer = optimizer;
        this.workers = workers;
        this.batchSize = config.batchSize();
        this.maxGradNorm = config.maxGradNorm();
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
        double targets =
                rows.stream().mapToInt(row -> row.targets().cardinality()).sum();
        int tokens = rows.stream().mapToInt(row -> row.ids().length).sum();

        workers.reset();
        SplittableRandom seeds = new SplittableRandom(seed);
        double loss = 0;
        for (int from = 0; from < rows.size(); from += batchSize) {
            if (!gate.opens()) {
                return null;
            }
            loss += workers.add(
                    rows.subList(from, Math.min(rows.size(), from + batchSize)), 1 / targets, seeds.nextLong());
            if (!Double.isFinite(loss)) {
                return new Result(loss, Double.NaN, tokens);
            }
        }
        WorkEvent update = WorkEvent.begin(Work.OPTIMIZER);
        workers.reduce();
        double norm = GradientClipping.clip(model.parameters(), maxGradNorm);
        Result result = new Result(loss, norm, tokens);
        if (result.finite()) {
            optimizer.step(learningRate);
        }
        update.commit();
        return result;
    }
}
