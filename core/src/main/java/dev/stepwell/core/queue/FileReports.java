package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Draws up reports, for each way in which a file can end.
final class FileReports {
    private FileReports() {}

    /// A file that was trained to its end, or as far as it would go.
    ///
    /// @param attempts attempts at the file that began
    static FileReport trained(
            Claim claim, TrainingOutcome outcome, AttemptMeasures measures, int attempts, Instant endedAt) {
        QueuedFile file = claim.file();
        RowLedger ledger = outcome.ledger();
        TrainingOutcome.Failed failed = outcome instanceof TrainingOutcome.Failed f ? f : null;
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                file.id(),
                file.name(),
                file.storedName(),
                file.source(),
                file.bytes(),
                (failed == null ? FileState.COMPLETED : FileState.FAILED).word(),
                failed == null ? null : failed.type(),
                failed == null ? null : failed.message(),
                ledger.rows(),
                ledger.usable(),
                ledger.rejected(),
                ledger.truncated(),
                ledger.rowsTrained(),
                ledger.rejections(),
                ledger.rejected() - ledger.rejections().size(),
                attempts,
                measures.epochs(),
                measures.baseStep(),
                outcome.globalStep(),
                Math.max(0, outcome.globalStep() - measures.baseStep()),
                measures.firstLoss(),
                measures.lastLoss(),
                file.arrivedAt(),
                claim.beganAt(),
                endedAt,
                FileReport.seconds(claim.beganAt(), endedAt));
    }

    /// A file that could not be trained at all.
    ///
    /// @param survey its rows; null if they could not be counted
    static FileReport untrained(
            QueuedFile file, @Nullable FileSurvey survey, String type, String message, int attempts, Instant endedAt) {
        RowLedger ledger = survey == null ? null : survey.ledger();
        List<RowRejection> rejections = ledger == null ? List.of() : ledger.rejections();
        return new FileReport(
                FileReport.SCHEMA_VERSION,
                file.id(),
                file.name(),
                file.storedName(),
                file.source(),
                file.bytes(),
                FileState.FAILED.word(),
                type,
                message,
                ledger == null ? null : (Long) ledger.rows(),
                ledger == null ? null : (Long) ledger.usable(),
                ledger == null ? null : (Long) ledger.rejected(),
                ledger == null ? null : (Long) ledger.truncated(),
                ledger == null ? null : (Long) ledger.rowsTrained(),
                rejections,
                ledger == null ? 0 : ledger.rejected() - rejections.size(),
                attempts,
                null,
                null,
                null,
                null,
                null,
                null,
                file.arrivedAt(),
                null,
                endedAt,
                null);
    }
}
