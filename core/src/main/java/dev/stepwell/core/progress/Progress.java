package dev.stepwell.core.progress;

/// Where training is, at all three levels: in this file, in the queue, and over the model's life.
///
/// Every display is rendered from one such value, so that no two can disagree. The invariants are checked here, once:
/// a `Progress` that exists is one that may be shown.
///
/// ```
///  cumulative   0 ────────────── baseStep ──────── currentStep ───── totalSteps
///  this file                     0 ─────────────── batchStep ─────── batchTotalSteps
///  queue        1 ── … ── batchNumber (this file) ── … ── batchQueueSize
/// ```
///
/// @param baseStep        global step of the checkpoint from which this file started
/// @param batchStep       optimizer steps done in this file, over all epochs
/// @param batchTotalSteps optimizer steps planned for this file, over all epochs
/// @param batchNumber     this file is the Nth whose attempt began in this drain, from 1
/// @param batchQueueSize  `batchNumber` plus the files still waiting
public record Progress(long baseStep, long batchStep, long batchTotalSteps, int batchNumber, int batchQueueSize) {
    /// @throws IllegalArgumentException if an invariant of the progress model does not hold
    public Progress {
        if (baseStep < 0) {
            throw violated("0 <= base_step", baseStep, 0);
        }
        if (batchStep < 0 || batchStep > batchTotalSteps) {
            throw violated("0 <= batch_step <= batch_total_steps", batchStep, batchTotalSteps);
        }
        if (batchNumber < 1 || batchNumber > batchQueueSize) {
            throw violated("1 <= batch_number <= batch_queue_size", batchNumber, batchQueueSize);
        }
        if (batchTotalSteps > Long.MAX_VALUE - baseStep) {
            throw violated("base_step + batch_total_steps fits 64 bits", baseStep, batchTotalSteps);
        }
    }

    private static IllegalArgumentException violated(String rule, long left, long right) {
        return new IllegalArgumentException("progress must keep %s, but has %d and %d".formatted(rule, left, right));
    }

    /// The model's global step: steps over its whole life.
    public long currentStep() {
        return baseStep + batchStep;
    }

    /// The global step the model will have when this file is done.
    public long totalSteps() {
        return baseStep + batchTotalSteps;
    }

    /// Steps still to do in this file.
    public long stepsLeft() {
        return batchTotalSteps - batchStep;
    }

    /// Whole percent of this file, floored. A file of no steps has none of them left: 100.
    public int filePercent() {
        return batchTotalSteps == 0 ? 100 : Percent.floored(batchStep, batchTotalSteps);
    }

    /// Whole percent of the queue, floored: which file of how many, as the original display counts it.
    public int queuePercent() {
        return Percent.floored(batchNumber, batchQueueSize);
    }

    /// Whole percent of the cumulative target, floored.
    public int cumulativePercent() {
        return totalSteps() == 0 ? 100 : Percent.floored(currentStep(), totalSteps());
    }

    /// The same file after `step` of its steps.
    public Progress atStep(long step) {
        return new Progress(baseStep, step, batchTotalSteps, batchNumber, batchQueueSize);
    }

    /// The same file with `waiting` files behind it.
    public Progress withWaiting(int waiting) {
        return new Progress(baseStep, batchStep, batchTotalSteps, batchNumber, batchNumber + waiting);
    }
}
