package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes a file out of the queue for good.
///
/// ```
///  1. the report is written where the file will lie
///  2. the row says that the file is settled          <- from here on it is
///  3. the file is moved beside its report
/// ```
///
/// A crash before 2 leaves a report that will be written again; one before 3 a file that [Recovery] moves.
public final class Retirement {
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final InstantSource clock;
    private final FaultPoint.Observer faults;
    private volatile Runnable retired = () -> {};

    public Retirement(BaseDirectory base, QueueStore store, InstantSource clock, FaultPoint.Observer faults) {
        this.base = base;
        this.store = store;
        this.clock = clock;
        this.faults = faults;
    }

    /// Names what to call, from the thread that retires, after a file was put where it stays. Must not block.
    public void onRetired(Runnable newRetired) {
        retired = newRetired;
    }

    /// Settles a file that was trained: [TrainingOutcome.Completed] and [TrainingOutcome.Skipped] put it into
    /// `archive/`, [TrainingOutcome.Failed] into `failed/`; [TrainingOutcome.Interrupted] and
    /// [TrainingOutcome.Aborted] leave it in the queue, first in line.
    ///
    /// @throws IOException if the report cannot be written or the file cannot be moved
    public void trained(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) throws IOException {
        switch (outcome) {
            case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ -> store.settle(claim, outcome, measures);
            case TrainingOutcome.Completed completed ->
                retire(
                        claim,
                        LateRows.counted(completed, claim.file(), claim.file().path(base)),
                        measures,
                        FileState.COMPLETED);
            case TrainingOutcome.Skipped _ -> retire(claim, outcome, measures, FileState.SKIPPED);
            case TrainingOutcome.Failed _ -> retire(claim, outcome, measures, FileState.FAILED);
        }
    }

    private void retire(Claim claim, TrainingOutcome outcome, AttemptMeasures measures, FileState state)
            throws IOException {
        int attempts = store.attempts(claim.file().id());
        FileReport report = FileReports.trained(claim, state, outcome, measures, attempts, clock.instant());
        retire(claim.file(), report, state, () -> store.settle(claim, outcome, measures));
    }

    /// Gives up a file that cannot be trained.
    ///
    /// @param survey its rows; null if they could not be counted
    /// @throws IOException if the report cannot be written or the file cannot be moved
    void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) throws IOException {
        int attempts = store.attempts(file.id());
        FileReport report = FileReports.untrained(file, survey, type, message, attempts, clock.instant());
        retire(file, report, FileState.FAILED, () -> store.giveUp(file, survey, type, message));
        LOG.warn(
                "{} (id {}) is in failed/, without an attempt: it {}",
                Printable.of(file.name()),
                file.id(),
                Printable.of(message));
    }

    private void retire(QueuedFile file, FileReport report, FileState state, Runnable commit) throws IOException {
        AtomicFiles.write(state.directory(base).resolve(file.reportName()), report.toJson());
        faults.reached(FaultPoint.REPORT_WRITTEN);
        commit.run();
        faults.reached(FaultPoint.ROW_SETTLED);
        Path from = file.path(base);
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFiles.move(from, file.in(state).path(base));
        } else {
            LOG.warn("{} is not in queue/ any more; only its report is kept", Printable.of(file.storedName()));
        }
        faults.reached(FaultPoint.FILE_RETIRED);
        retired.run();
    }
}
