package dev.stepwell.torch.checkpoint;

import dev.stepwell.data.rows.HoldOut;
import org.jspecify.annotations.Nullable;

/// How far the weights of a checkpoint have gone in the file they were trained on last.
///
/// @param fileId          identity of the file in the queue
/// @param fileName        its name, for people
/// @param baseStep        global step from which the file started
/// @param batchStep       steps of this file that the weights contain
/// @param batchTotalSteps steps planned for this file
/// @param epoch           pass over the file in which the next step is
/// @param rowsTrained     rows that the weights contain, over all epochs; the next step begins after them
/// @param usableRows      rows of the file that can be trained, as they were counted then
/// @param seed            that orders the file's rows, and says which are held out
/// @param completed       whether all planned steps are done
/// @param heldOutPercent  of the file's rows that are not trained; null in a checkpoint of an older program,
///                        which held none out
public record Cursor(
        long fileId,
        String fileName,
        long baseStep,
        long batchStep,
        long batchTotalSteps,
        int epoch,
        long rowsTrained,
        long usableRows,
        long seed,
        boolean completed,
        @Nullable Double heldOutPercent) {
    /// @throws IllegalArgumentException if the counts contradict each other
    public Cursor {
        if (baseStep < 0 || batchStep < 0 || batchStep > batchTotalSteps || rowsTrained < 0 || usableRows < 0) {
            throw new IllegalArgumentException("a cursor cannot be at step %d of %d from %d, with %d rows trained of %d"
                    .formatted(batchStep, batchTotalSteps, baseStep, rowsTrained, usableRows));
        }
    }

    /// Which rows of the file are not trained: as they were when it was begun, whatever is configured since.
    public HoldOut holdOut() {
        return new HoldOut(seed, heldOutPercent == null ? 0 : heldOutPercent);
    }

    /// Step of the weights.
    public long globalStep() {
        return baseStep + batchStep;
    }

    /// The same position, as weights of `globalStep` have it that were trained on other files since.
    public Cursor from(long globalStep) {
        return new Cursor(
                fileId,
                fileName,
                globalStep - batchStep,
                batchStep,
                batchTotalSteps,
                epoch,
                rowsTrained,
                usableRows,
                seed,
                completed,
                heldOutPercent);
    }
}
