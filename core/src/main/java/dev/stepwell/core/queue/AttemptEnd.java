package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import org.jspecify.annotations.Nullable;

/// How an attempt at a file ended.
///
/// @param outcome   [FileState#COMPLETED], [FileState#SKIPPED], [FileState#FAILED], or [FileState#INTERRUPTED]: it
///                  goes on later, unless somebody does something else with the file
/// @param step      global step of the weights it left; null if it never got to a trainer
/// @param rows      what became of the file's rows; null likewise
/// @param firstLoss loss of its first step, in nats; null if there was none, or it was not finite or not seen
/// @param lastLoss  loss of its last step; likewise
/// @param error     why it failed, or what outside of it did; null if nothing did
public record AttemptEnd(
        FileState outcome,
        @Nullable Long step,
        @Nullable Rows rows,
        @Nullable Double firstLoss,
        @Nullable Double lastLoss,
        FileReport.@Nullable Cause error) {

    /// What became of the rows of a file.
    ///
    /// @param total    rows
    /// @param trained  of them, trained at least once
    /// @param rejected of them, refused
    /// @param heldOut  of them, never trained and asked instead
    public record Rows(long total, long trained, long rejected, long heldOut) {}

    /// The end of an attempt that a trainer had in hand.
    public static AttemptEnd of(TrainingOutcome outcome, AttemptMeasures measures) {
        RowLedger ledger = outcome.ledger();
        return new AttemptEnd(
                switch (outcome) {
                    case TrainingOutcome.Completed _ -> FileState.COMPLETED;
                    case TrainingOutcome.Skipped _ -> FileState.SKIPPED;
                    case TrainingOutcome.Failed _ -> FileState.FAILED;
                    case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ -> FileState.INTERRUPTED;
                },
                outcome.globalStep(),
                new Rows(ledger.rows(), ledger.epochs().getFirst().trained(), ledger.rejected(), ledger.heldOut()),
                measures.firstLoss(),
                measures.lastLoss(),
                switch (outcome) {
                    case TrainingOutcome.Failed failed -> new FileReport.Cause(failed.type(), failed.message());
                    case TrainingOutcome.Aborted aborted -> new FileReport.Cause(aborted.type(), aborted.message());
                    case TrainingOutcome.Completed _, TrainingOutcome.Skipped _, TrainingOutcome.Interrupted _ -> null;
                });
    }
}
