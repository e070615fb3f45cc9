package dev.stepwell.core.queue;

import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The queue, in a SQLite database: what was taken, what waits, what was attempted and how it ended.
///
/// **Concurrency.** Any thread may call. There is one connection and one lock ([QueueTransactions]); every change is
/// one transaction under it.
///
/// **Durability.** WAL with `synchronous=FULL`: when a method returns, its change survives a loss of power.
///
/// A drain begins with the first file that waits and ends when a claim finds that none is taken, waits or is in
/// training; what is held does not keep it open. An attempt that was interrupted is resumed as the same
/// attempt, so N does not grow when the process is killed and started again. A file that failed and is tried
/// again waits anew, so M grows by it, and its next attempt has an N of its own.
///
/// All methods throw [org.jdbi.v3.core.JdbiException] if the database cannot be read or written; nothing is changed
/// then.
public final class QueueStore implements AutoCloseable {
    private final QueueTransactions transactions;
    private final QueueStatements files;
    private final AttemptStatements attempts;
    private final HandChanges byHand;
    private final TakingChanges taking;
    private final InstantSource clock;
    private final QueuePolicy policy;

    private QueueStore(Handle handle, FileSystem fileSystem, InstantSource clock, QueuePolicy policy) {
        this.clock = clock;
        this.policy = policy;
        this.files = new QueueStatements(handle, clock);
        this.attempts = new AttemptStatements(handle, clock);
        this.transactions = new QueueTransactions(handle, files.countWaiting());
        this.byHand = new HandChanges(transactions, files, attempts);
        this.taking = new TakingChanges(transactions, files, attempts, policy.duplicates(), fileSystem);
    }

    /// Opens the database with the default policy; see there.
    public static QueueStore open(Path database, InstantSource clock) {
        return open(database, clock, QueuePolicy.DEFAULT);
    }

    /// Opens the database, making it where there is none, and bringing one of an older program up to date.
    ///
    /// @throws IllegalStateException if it is no such database, or a newer program wrote it, naming both versions
    public static QueueStore open(Path database, InstantSource clock, QueuePolicy policy) {
        try {
            return prepared(SqliteFile.open(database, SqliteFile.Durability.POWER_LOSS), database, clock, policy);
        } catch (JdbiException e) {
            throw new IllegalStateException(
                    "the database %s cannot be used: %s".formatted(database, e.getMessage()), e);
        }
    }

    private static QueueStore prepared(Handle handle, Path database, InstantSource clock, QueuePolicy policy) {
        try {
            QueueSchema.prepare(handle);
            return new QueueStore(handle, database.getFileSystem(), clock, policy);
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    /// Names who is told what waits, after every change but a claim, which tells its claimer. Called inside the lock,
    /// so in the order of the changes: it must return at once and not call the store.
    public void onChange(Consumer<QueueCounts> newListener) {
        transactions.onChange(newListener);
    }

    /// What waits now.
    public QueueCounts counts() {
        return transactions.counts();
    }

    /// The file `id`, if it was ever taken.
    public Optional<QueuedFile> find(long id) {
        return transactions.exclusively(() -> files.find(id));
    }

    /// Every file that is not settled, by id.
    public List<QueuedFile> unsettled() {
        return transactions.exclusively(files::unsettled);
    }

    /// Whether no file is waiting, in training, interrupted or being taken. One that is held does not count.
    public boolean isDrained() {
        return transactions.exclusively(() -> !files.anyPending());
    }

    /// How long it is until a file can be claimed: zero if one can now, longer if all that wait have failed and
    /// their back-off is not over; empty if none waits.
    public Optional<Duration> untilNextReady() {
        return transactions.exclusively(() -> files.next().map(turn -> turn.waitFrom(clock.instant())));
    }

    /// The file that comes next and may be read before its turn, whether or not it can be claimed yet; none if it
    /// is one in which the process died: if it kills again, it has to be in training. Costs the same however many
    /// wait.
    public Optional<QueuedFile> upNext() {
        return transactions.exclusively(
                () -> files.next().map(QueueStatements.Turn::file).filter(file -> !attempts.isSuspect(file.id())));
    }

    /// The first of the rows of file `id` that were refused, with their reasons.
    public List<RowRejection> rejections(long id) {
        return transactions.exclusively(() -> files.rejections(id));
    }

    /// How many attempts at file `id` began, those that were resumed counted once.
    public int attempts(long id) {
        return transactions.exclusively(() -> attempts.count(id));
    }

    /// Attempts that ended at `since` or later, oldest first.
    public List<PastAttempt> attemptsEndedSince(Instant since) {
        return transactions.exclusively(() -> attempts.endedSince(since.toEpochMilli()));
    }

    /// Attempts at file `id`, oldest first.
    List<AttemptRecord> history(long id) {
        return transactions.exclusively(() -> attempts.all(id));
    }

    /// Gives the next file its turn, if one is ready: an interrupted one first, then by priority, arrival group
    /// and natural name order, then those that failed before, as their back-off ends. Costs the same however
    /// many wait. Where none waits, is taken or in training, the drain ends.
    ///
    /// What is announced is announced inside the lock, before the listener is told of any later change. Who hears
    /// it must return at once and not call the store.
    ///
    /// @param modelStep global step of the weights in memory, from which a new attempt begins
    /// @param announce  told of the claim
    /// @param nothing   told that nothing is ready
    public Optional<Claim> claim(long modelStep, Consumer<Claim> announce, Runnable nothing) {
        return transactions.exclusively(() -> {
            Optional<Claim> claim = transactions.write(() -> files.next()
                    .filter(turn -> turn.waitFrom(clock.instant()).isZero())
                    .map(turn -> claimed(turn.file(), modelStep)));
            if (claim.isPresent()) {
                transactions.counted(claim.get().counts());
                announce.accept(claim.get());
            } else {
                endDrainIfDone();
                nothing.run();
            }
            return claim;
        });
    }

    private Claim claimed(QueuedFile file, long modelStep) {
        boolean resumed = attempts.open(file.id()).isPresent();
        QueueRows.Attempt attempt = attempts.openOrBegin(file.id(), modelStep);
        int deaths = attempts.deathsAt(attempt.id(), modelStep);
        files.state(file.id(), FileState.TRAINING);
        return new Claim(
                file.in(FileState.TRAINING),
                attempt.id(),
                attempt.number(),
                resumed,
                attempt.measures(),
                attempt.beganAt(),
                deaths,
                policy.deadly(deaths),
                transactions.after(Waiting.NONE.minus(Waiting.of(file))));
    }

    /// When a file that has just failed may be tried again; empty if it is to be given up.
    Optional<Instant> nextAttempt(Claim claim, TrainingOutcome.Failed failed) {
        return policy.nextAttempt(FailureType.of(failed.type()), claim.file().failures() + 1, clock.instant());
    }

    /// Lets a file that has just failed wait for another attempt.
    void retryAt(Claim claim, TrainingOutcome.Failed failed, AttemptMeasures measures, Instant readyAt) {
        transactions.change(() -> {
            FileReport.Cause error = new FileReport.Cause(failed.type(), failed.message());
            record(claim, failed, measures);
            attempts.ended(claim.attemptId(), FileState.FAILED, error);
            files.retryAt(claim.file().id(), error, readyAt);
            return Waiting.one(claim.file());
        });
    }

    /// Records how training a claimed file went; one that failed is given up.
    public void settle(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) {
        long file = claim.file().id();
        transactions.changeRest(() -> {
            record(claim, outcome, measures);
            switch (outcome) {
                case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ -> {
                    attempts.survived(claim.attemptId());
                    files.state(file, FileState.INTERRUPTED);
                }
                case TrainingOutcome.Completed _ -> {
                    attempts.ended(claim.attemptId(), FileState.COMPLETED, null);
                    files.state(file, FileState.COMPLETED);
                }
                case TrainingOutcome.Skipped _ -> {
                    attempts.ended(claim.attemptId(), FileState.SKIPPED, null);
                    files.state(file, FileState.SKIPPED);
                }
                case TrainingOutcome.Failed failed -> {
                    FileReport.Cause error = new FileReport.Cause(failed.type(), failed.message());
                    attempts.ended(claim.attemptId(), FileState.FAILED, error);
                    files.failure(file, error);
                }
            }
        });
    }

    private void record(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) {
        attempts.measured(claim.attemptId(), measures);
        attempts.ledger(claim.attemptId(), outcome.ledger());
        attempts.endStep(claim.attemptId(), outcome.globalStep());
    }

    /// Puts a claimed file first in line again, after an attempt that ended without an outcome.
    public void interrupt(QueuedFile file) {
        transactions.changeRest(() -> files.state(file.id(), FileState.INTERRUPTED));
    }

    /// The same, where the file may be what ended it: the process died, or is about to by an error of its own.
    public void died(QueuedFile file) {
        transactions.changeRest(() -> {
            attempts.died(file.id());
            files.state(file.id(), FileState.INTERRUPTED);
        });
    }

    /// Gives up a file that is not in training.
    ///
    /// @param survey what it holds, where that is known and not yet recorded
    public void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) {
        FileReport.Cause error = new FileReport.Cause(type, message);
        transactions.change(() -> {
            if (survey != null) {
                files.survey(file.id(), survey);
            }
            attempts.open(file.id()).ifPresent(a -> attempts.ended(a.id(), FileState.FAILED, error));
            files.failure(file.id(), error);
            return Waiting.NONE.minus(Waiting.of(file));
        });
    }

    /// Gives files of the inbox their identities, before they are moved; see [TakingChanges].
    List<QueuedFile> beginTaking(List<Arrival> arrivals) {
        return taking.begin(arrivals);
    }

    /// Gives a file that was found in the queue directory without a row the row it should have.
    QueuedFile adopt(long id, String storedName, Arrival arrival) {
        return taking.adopt(id, storedName, arrival);
    }

    /// Forgets a file that was gone before it could be taken.
    void forget(QueuedFile file) {
        taking.forget(file);
    }

    /// Lets a file of known content, which was being taken, go by untrained.
    void skip(QueuedFile file, FileSurvey survey, QueuedFile original) {
        taking.skip(file, survey, original);
    }

    /// Lets taken files wait for their turn, all at once, but for copies, which it returns unless they are trained
    /// like others.
    List<Duplicate> enqueue(List<Surveyed> batch) {
        return taking.enqueue(batch);
    }

    long newestArrivalGroup() {
        return transactions.exclusively(files::newestArrivalGroup);
    }

    long newestId() {
        return transactions.exclusively(files::newestId);
    }

    void reserveIds(long id) {
        transactions.write(() -> {
            files.reserveIds(id);
            return id;
        });
    }

    @Override
    public void close() {
        transactions.close();
    }

    /// Ends the drain if no file is taken, waits or is in training.
    void endDrainIfDone() {
        transactions.exclusively(() -> {
            boolean done = !files.anyPending();
            if (done) {
                attempts.endDrain();
            }
            return done;
        });
    }

    /// What users may change.
    HandChanges byHand() {
        return byHand;
    }
}
