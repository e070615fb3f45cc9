package dev.stepwell.core.training;

/// How the training of a file ended.
public sealed interface TrainingOutcome {
    /// What became of the file's rows.
    RowLedger ledger();

    /// Step of the weights that are left.
    long globalStep();

    /// Every usable row was trained in every epoch, and a checkpoint that contains them is on disk.
    ///
    /// @param globalStep step of that checkpoint
    record Completed(RowLedger ledger, long globalStep) implements TrainingOutcome {}

    /// The user asked to stop; the file goes on from the last checkpoint next time. That holds all that was done,
    /// unless the disk was full: then the steps since are done again.
    ///
    /// @param globalStep step of that checkpoint
    record Interrupted(RowLedger ledger, long globalStep) implements TrainingOutcome {}

    /// The user asked to go on with the next file; a checkpoint holds all that was done, and nothing more will
    /// be.
    ///
    /// @param globalStep step of that checkpoint
    record Skipped(RowLedger ledger, long globalStep) implements TrainingOutcome {}

    /// The file could not be trained to its end. The weights are those of the last good checkpoint.
    ///
    /// @param type       short name of the failure, such as `NonFiniteLoss`
    /// @param message    what happened and what can be done
    /// @param globalStep step of the weights that are left
    record Failed(RowLedger ledger, String type, String message, long globalStep) implements TrainingOutcome {}

    /// Something outside failed, such as the disk: neither the file nor the rows are to blame, and another file
    /// would fare no better. The file goes on from the last checkpoint once that is put right.
    ///
    /// @param type       short name of the failure, such as `NotPermitted`
    /// @param message    what happened and what can be done
    /// @param globalStep step of the last checkpoint
    record Aborted(RowLedger ledger, String type, String message, long globalStep) implements TrainingOutcome {}
}
