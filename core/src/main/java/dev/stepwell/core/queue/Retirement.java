package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes files out of the queue, and puts those back that are tried again.
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
    private final FileSurveyor surveyor;
    private final InstantSource clock;
    private final FaultPoint.Observer faults;
    private volatile Consumer<FileReport> retired = _ -> {};

    /// @param surveyor by which rows are counted that were written while a file was trained
    public Retirement(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            InstantSource clock,
            FaultPoint.Observer faults) {
        this.base = base;
        this.store = store;
        this.surveyor = surveyor;
        this.clock = clock;
        this.faults = faults;
    }

    /// Names whom to tell, from the thread that retires, after a file was put where it stays. Must not block.
    public void onRetired(Consumer<FileReport> newRetired) {
        retired = newRetired;
    }

    /// Settles a file that was trained: [TrainingOutcome.Completed] and [TrainingOutcome.Skipped] put it into
    /// `archive/`; [TrainingOutcome.Failed] behind those that wait, or into `failed/` if another attempt is not
    /// allowed or could not go better; [TrainingOutcome.Interrupted] and [TrainingOutcome.Aborted] leave it in
    /// the queue, first in line.
    ///
    /// @return the outcome as it is recorded: with the rows that were written while the file was trained
    /// @throws IOException if the report cannot be written or the file cannot be moved
    public TrainingOutcome trained(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) throws IOException {
        switch (outcome) {
            case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ -> store.settle(claim, outcome, measures);
            case TrainingOutcome.Completed completed -> {
                TrainingOutcome.Completed counted =
                        LateRows.counted(completed, claim.file(), claim.file().path(base), surveyor);
                retire(claim, counted, measures, FileState.COMPLETED);
                return counted;
            }
            case TrainingOutcome.Skipped _ -> retire(claim, outcome, measures, FileState.SKIPPED);
            case TrainingOutcome.Failed failed -> {
                Optional<Instant> readyAt = store.nextAttempt(claim, failed);
                if (readyAt.isPresent()) {
                    store.retryAt(claim, failed, measures, readyAt.get());
                    LOG.warn(
                            "{} failed and is tried again after {}: {}: {}",
                            shown(claim.file()),
                            readyAt.get(),
                            failed.type(),
                            Printable.of(failed.message()));
                } else {
                    retire(claim, outcome, measures, FileState.FAILED);
                    LOG.warn(
                            "{} is given up, in failed/: {}: {}",
                            shown(claim.file()),
                            failed.type(),
                            Printable.of(failed.message()));
                }
            }
        }
        return outcome;
    }

    private void retire(Claim claim, TrainingOutcome outcome, AttemptMeasures measures, FileState state)
            throws IOException {
        List<AttemptRecord> attempts = store.history(claim.file().id());
        FileReport report = FileReports.trained(claim, state, outcome, measures, attempts, clock.instant());
        retire(claim.file(), report, state, () -> {
            store.settle(claim, outcome, measures);
            return true;
        });
    }

    /// Gives up a file that cannot be trained.
    ///
    /// @param survey its rows; null if they could not be counted
    /// @throws IOException if the report cannot be written or the file cannot be moved
    void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) throws IOException {
        FileReport report = FileReports.givenUp(
                file, survey, new FileReport.Cause(type, message), store.history(file.id()), clock.instant());
        retire(file, report, FileState.FAILED, () -> {
            store.giveUp(file, survey, type, message);
            return true;
        });
        LOG.warn("{} is in failed/, without an attempt: it {}", shown(file), Printable.of(message));
    }

    /// Puts a file of known content, which was being taken, into `archive/` untrained.
    ///
    /// @throws IOException if the report cannot be written or the file cannot be moved
    void skip(QueuedFile file, FileSurvey survey, QueuedFile original) throws IOException {
        String note = "has the same content as " + known(original);
        FileReport report = FileReports.leftOut(file, survey, FileState.SKIPPED, note, List.of(), clock.instant());
        retire(file, report, FileState.SKIPPED, () -> {
            store.skip(file, survey, original);
            return true;
        });
        LOG.info("{} is skipped, in archive/: it {}", shown(file), note);
    }

    /// Puts a file that is not in training into `removed/`.
    ///
    /// @return whether its state allowed it
    /// @throws IOException if the report cannot be written or the file cannot be moved
    boolean remove(QueuedFile file) throws IOException {
        FileReport report = FileReports.leftOut(
                file, null, FileState.REMOVED, "removed by hand", store.history(file.id()), clock.instant());
        boolean removed =
                retire(file, report, FileState.REMOVED, () -> store.byHand().remove(file.id()));
        if (removed) {
            LOG.info("{} was taken out of the queue by hand, into removed/", shown(file));
        }
        return removed;
    }

    /// Puts a file back into the queue with which it was done. A crash on the way leaves it where it was, or
    /// queued.
    ///
    /// @param survey what it holds now
    /// @return whether its state allowed it
    /// @throws IOException if the file cannot be moved
    boolean requeue(QueuedFile file, FileSurvey survey) throws IOException {
        // The file first: from the moment at which its row says that it waits, it can be claimed.
        QueuedFile waiting = file.in(FileState.WAITING);
        AtomicFiles.move(file.path(base), waiting.path(base));
        if (!store.byHand().requeue(file.id(), survey)) {
            AtomicFiles.move(waiting.path(base), file.path(base));
            return false;
        }
        Files.deleteIfExists(file.state().directory(base).resolve(file.reportName()));
        LOG.info("{} waits again, by hand", shown(file));
        return true;
    }

    /// @param commit changes the row, and says whether it still could
    /// @return whether it could
    private boolean retire(QueuedFile file, FileReport report, FileState state, BooleanSupplier commit)
            throws IOException {
        Path beside = state.directory(base).resolve(file.reportName());
        AtomicFiles.write(beside, report.toJson());
        faults.reached(FaultPoint.REPORT_WRITTEN);
        if (!commit.getAsBoolean()) {
            Files.delete(beside);
            return false;
        }
        faults.reached(FaultPoint.ROW_SETTLED);
        Path from = file.path(base);
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            AtomicFiles.move(from, file.in(state).path(base));
        } else {
            LOG.warn("{} is not in queue/ any more; only its report is kept", Printable.of(file.storedName()));
        }
        faults.reached(FaultPoint.FILE_RETIRED);
        retired.accept(report);
        return true;
    }

    /// A file as a line about another one names it.
    static String known(QueuedFile file) {
        return "%s (id %d, taken %s)"
                .formatted(
                        Printable.of(file.name()), file.id(), file.arrivedAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String shown(QueuedFile file) {
        return "%s (id %d)".formatted(Printable.of(file.name()), file.id());
    }
}
