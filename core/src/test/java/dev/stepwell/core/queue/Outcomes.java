package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import java.util.List;

/// Ends of training, for tests that have no trainer.
final class Outcomes {
    private Outcomes() {}

    static TrainingOutcome completed(long rows, long globalStep) {
        return new TrainingOutcome.Completed(new RowLedger(rows, 0, 0, rows, List.of()), globalStep);
    }

    static TrainingOutcome interrupted(long rows, long trained, long globalStep) {
        return new TrainingOutcome.Interrupted(new RowLedger(rows, 0, 0, trained, List.of()), globalStep);
    }

    static TrainingOutcome failed(long rows, long globalStep) {
        return new TrainingOutcome.Failed(
                new RowLedger(rows, 0, 0, 0, List.of()), "NonFiniteLoss", "the loss was NaN", globalStep);
    }

    /// A failure that no other attempt can mend.
    static TrainingOutcome changed(long rows, long globalStep) {
        return new TrainingOutcome.Failed(
                new RowLedger(rows, 0, 0, 0, List.of()), "FileChanged", "it has other rows", globalStep);
    }

    /// A failure in the second pass over a file.
    static TrainingOutcome failedInSecondEpoch(long rows, long rejected, long trained, long globalStep) {
        return new TrainingOutcome.Failed(
                new RowLedger(rows, rejected, 0, trained, List.of()), "FileChanged", "it has other rows", globalStep);
    }
}
