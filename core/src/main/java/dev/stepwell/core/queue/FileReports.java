package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Draws up reports, for each way in which a file can end.
final class FileReports {
    private FileReports() {}

    /// A file that was trained to its end, or as far as it would go.
    ///
    /// @param state    how it ended
    /// @param attempts attempts at the file that began
    static FileReport trained(
            Claim claim,
            FileState state,
            TrainingOutcome outcome,
            AttemptMeasures measures,
            int attempts,
            Instant endedAt) {
        FileReport.Training training = new FileReport.Training(
                measures.epochs(),
                measures.baseStep(),
                outcome.globalStep(),
                Math.max(0, outcome.globalStep() - measures.baseStep()),
                measures.firstLoss(),
                measures.lastLoss(),
                claim.beganAt(),
                secondsBetween(claim.beganAt(), endedAt));
        FileReport.Cause error = outcome instanceof TrainingOutcome.Failed failed
                ? new FileReport.Cause(failed.type(), failed.message())
                : null;
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                state.word(),
                error,
                source(claim.file()),
                rows(outcome.ledger()),
                training,
                attempts,
                endedAt);
    }

    /// A file that could not be trained at all.
    ///
    /// @param survey its rows; null if they could not be counted
    static FileReport untrained(
            QueuedFile file, @Nullable FileSurvey survey, String type, String message, int attempts, Instant endedAt) {
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                FileState.FAILED.word(),
                new FileReport.Cause(type, message),
                source(file),
                survey == null ? null : rows(survey.ledger()),
                null,
                attempts,
                endedAt);
    }

    private static FileReport.Source source(QueuedFile file) {
        return new FileReport.Source(
                file.id(), file.name(), file.storedName(), file.source(), file.bytes(), file.arrivedAt());
    }

    private static FileReport.Rows rows(RowLedger ledger) {
        return new FileReport.Rows(
                ledger.rows(),
                ledger.usable(),
                ledger.rejected(),
                ledger.truncated(),
                ledger.rowsTrained(),
                ledger.rejections(),
                ledger.rejected() - ledger.rejections().size());
    }

    /// Never negative, though a clock may have been set back.
    private static double secondsBetween(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
    }
}
