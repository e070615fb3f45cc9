package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An attempt at a file, as reports and `show` list it. One that was interrupted and resumed is one attempt.
///
/// @param number    which attempt at the file, from 1
/// @param startedAt when it began
/// @param endedAt   when it ended; null if it has not
/// @param outcome   `completed`, `skipped`, `failed` or `interrupted`; null if it has not ended
/// @param error     why it failed; null if it did not
/// @param baseStep  global step from which the file's steps count
/// @param endStep   global step of the weights it left; null if that is not known yet
/// @param stepsKept steps of the file, those of earlier attempts too, that these weights contain; likewise
/// @param deaths    how often the process died in it since it got somewhere, or was interrupted in order
/// @param rows      the file's rows, epoch by epoch, as these weights contain them; empty if that is not known
///                  yet
public record AttemptRecord(
        int number,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        FileReport.@Nullable Cause error,
        long baseStep,
        @Nullable Long endStep,
        @Nullable Long stepsKept,
        int deaths,
        List<RowLedger.Epoch> rows) {
    public AttemptRecord {
        rows = List.copyOf(rows);
    }

    /// This attempt, ended by a trainer.
    AttemptRecord trained(
            FileState state,
            FileReport.@Nullable Cause why,
            AttemptMeasures measures,
            long globalStep,
            RowLedger ledger,
            Instant at) {
        long kept = Math.max(0, globalStep - measures.baseStep());
        return new AttemptRecord(
                number,
                startedAt,
                at,
                state.word(),
                why,
                measures.baseStep(),
                globalStep,
                kept,
                deaths,
                ledger.epochs());
    }

    /// This attempt, if it had not ended: ended by something else.
    AttemptRecord ended(FileState state, FileReport.@Nullable Cause why, Instant at) {
        return endedAt != null
                ? this
                : new AttemptRecord(
                        number, startedAt, at, state.word(), why, baseStep, endStep, stepsKept, deaths, rows);
    }
}
