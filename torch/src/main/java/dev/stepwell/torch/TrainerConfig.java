package dev.stepwell.torch;

import dev.stepwell.data.rows.HoldOut;

/// How to train. The names are those of `config.json`; ranges and defaults are documented and checked where that file
/// is read.
///
/// @param batchSize            rows in one micro-batch
/// @param gradientAccumulation micro-batches in one optimizer step
/// @param epochs               passes over each file
/// @param learningRate         AdamW's rate after warm-up
/// @param warmupSteps          global steps over which the rate rises linearly to `learningRate`
/// @param weightDecay          decoupled weight decay, on matrices only
/// @param maxGradNorm          L2 norm to which the gradients of a step are clipped; 0 for no clipping
/// @param evalSteps            steps between two previews; 0 for none
/// @param numEvalSamples       examples answered at each preview
/// @param saveSteps            steps between two checkpoints; a file's end always saves one
/// @param maxLength            tokens of a row; what is longer is cut
/// @param maxOutputTokens      tokens of a generated answer
/// @param seed                 of initialisation, of row order and of which rows are held out
/// @param heldOutPercent       of the rows of each file that are asked and never trained
/// @param threads              of libtorch; 0 for as many as the machine has cores
/// @param compute              what computing may cost
public record TrainerConfig(
        int batchSize,
        int gradientAccumulation,
        int epochs,
        double learningRate,
        int warmupSteps,
        double weightDecay,
        double maxGradNorm,
        int evalSteps,
        int numEvalSamples,
        int saveSteps,
        int maxLength,
        int maxOutputTokens,
        long seed,
        double heldOutPercent,
        int threads,
        Compute compute) {

    /// Which rows of a file that is begun now are not trained.
    public HoldOut holdOut() {
        return new HoldOut(seed, heldOutPercent);
    }

    /// Rows that go into one optimizer step.
    public int rowsPerStep() {
        return Math.multiplyExact(batchSize, gradientAccumulation);
    }

    /// Optimizer steps that `usableRows` rows take over all epochs. The last step of an epoch may have fewer rows.
    public long plannedSteps(long usableRows) {
        return epochs * Math.ceilDiv(usableRows, rowsPerStep());
    }
}
