package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws up reports, for each way in which a file can end.
final class FileReports {
    private FileReports() {}

    /// A file that was trained to its end, or as far as it would go.
    ///
    /// @param state    to which the file comes
    /// @param attempts attempts at the file that began, this one last
    static FileReport trained(
            Claim claim,
            FileState state,
            TrainingOutcome outcome,
            AttemptMeasures measures,
            List<AttemptRecord> attempts,
            Instant endedAt) {
        FileReport.Training training = new FileReport.Training(
                measures.epochs(),
                measures.baseStep(),
                outcome.globalStep(),
                Math.max(0, outcome.globalStep() - measures.baseStep()),
                measures.firstLoss(),
                measures.lastLoss(),
                measures.tokens(),
                claim.beganAt(),
                secondsBetween(claim.beganAt(), endedAt));
        FileReport.Cause error = outcome instanceof TrainingOutcome.Failed failed
                ? new FileReport.Cause(failed.type(), failed.message())
                : null;
        List<AttemptRecord> log = attempts.stream()
                .map(a -> a.endedAt() != null
                        ? a
                        : a.trained(state, error, measures, outcome.globalStep(), outcome.ledger(), endedAt))
                .toList();
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                state.word(),
                error,
                null,
                source(claim.file(), null),
                rows(outcome.ledger()),
                training,
                log.size(),
                log,
                endedAt);
    }

    /// A file that is given up without an attempt that says why.
    ///
    /// @param survey its rows; null if they could not be counted
    static FileReport givenUp(
            QueuedFile file,
            @Nullable FileSurvey survey,
            FileReport.Cause error,
            List<AttemptRecord> attempts,
            Instant endedAt) {
        return untrained(
                file,
                survey,
                FileState.FAILED,
                error,
                null,
                ended(attempts, FileState.FAILED, error, endedAt),
                endedAt);
    }

    /// A file that was skipped or removed.
    ///
    /// @param note     why
    /// @param attempts attempts at the file that began
    static FileReport leftOut(
            QueuedFile file,
            @Nullable FileSurvey survey,
            FileState state,
            String note,
            List<AttemptRecord> attempts,
            Instant endedAt) {
        return untrained(
                file, survey, state, null, note, ended(attempts, FileState.INTERRUPTED, null, endedAt), endedAt);
    }

    private static List<AttemptRecord> ended(
            List<AttemptRecord> attempts, FileState state, FileReport.@Nullable Cause error, Instant endedAt) {
        return attempts.stream().map(a -> a.ended(state, error, endedAt)).toList();
    }

    private static FileReport untrained(
            QueuedFile file,
            @Nullable FileSurvey survey,
            FileState state,
            FileReport.@Nullable Cause error,
            @Nullable String note,
            List<AttemptRecord> attempts,
            Instant endedAt) {
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                state.word(),
                error,
                note,
                source(file, survey),
                survey == null ? null : rows(survey.ledger()),
                null,
                attempts.size(),
                attempts,
                endedAt);
    }

    /// @param survey its rows, where they have just been counted
    private static FileReport.Source source(QueuedFile file, @Nullable FileSurvey survey) {
        String known = file.rows() == null ? null : file.rows().format();
        return new FileReport.Source(
                file.id(),
                file.name(),
                file.storedName(),
                file.source(),
                file.bytes(),
                file.arrivedAt(),
                survey == null ? known : survey.format().words());
    }

    private static FileReport.Rows rows(RowLedger ledger) {
        return new FileReport.Rows(
                ledger.rows(),
                ledger.usable(),
                ledger.heldOut(),
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
