package dev.stepwell.core.queue;

import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// The queue, in a SQLite database: what was taken, what waits, what was attempted and how it ended.
///
/// **Concurrency.** Any thread may call. There is one connection and one lock; every change is one transaction under
/// it. The counts of what waits are kept beside it, so that no change costs a count of the whole queue, and are handed
/// out inside the lock with a growing revision: whoever gets two can tell which is later.
///
/// **Durability.** WAL with `synchronous=FULL`: when a method returns, its change survives a loss of power.
///
/// A drain begins with the first file that waits and ends when a claim finds that none is taken, waits or is in
/// training; what is held does not keep it open. An attempt that was interrupted is resumed as the same attempt, so N
/// does not grow when the process is killed and started again. A file that failed and is tried again waits anew, so M
/// grows by it, and its next attempt has an N of its own.
///
/// All methods throw [org.jdbi.v3.core.JdbiException] if the database cannot be read or written; nothing is changed
/// then.
public final class QueueStore implements AutoCloseable {
    private final Object lock = new Object();
    private final Handle handle;
    private final FileSystem fileSystem;
    private final QueueStatements files;
    private final AttemptStatements attempts;
    private final InstantSource clock;
    private final QueuePolicy policy;
    private QueueCounts counts;
    private Consumer<QueueCounts> listener = c -> {};

    private QueueStore(Handle handle, FileSystem fileSystem, InstantSource clock, QueuePolicy policy) {
        this.handle = handle;
        this.fileSystem = fileSystem;
        this.clock = clock;
        this.policy = policy;
        this.files = new QueueStatements(handle, clock);
        this.attempts = new AttemptStatements(handle, clock);
        this.counts = files.countWaiting();
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
            return prepared(QueueConnection.open(database), database, clock, policy);
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
        synchronized (lock) {
            listener = newListener;
        }
    }

    /// What waits now.
    public QueueCounts counts() {
        synchronized (lock) {
            return counts;
        }
    }

    /// The file `id`, if it was ever taken.
    public Optional<QueuedFile> find(long id) {
        return read(() -> files.find(id));
    }

    /// Every file that is not settled, by id.
    public List<QueuedFile> unsettled() {
        return read(files::unsettled);
    }

    /// Whether no file is waiting, in training, interrupted or being taken. One that is held does not count.
    public boolean isDrained() {
        return read(() -> !files.anyPending());
    }

    /// How long it is until a file can be claimed: zero if one can now, longer if all that wait have failed and their
    /// back-off is not over; empty if none waits.
    public Optional<Duration> untilNextReady() {
        return read(() -> files.next().map(turn -> turn.waitFrom(clock.instant())));
    }

    /// The first of the rows of file `id` that were refused, with their reasons.
    public List<RowRejection> rejections(long id) {
        return read(() -> files.rejections(id));
    }

    /// How many attempts at file `id` began, those that were resumed counted once.
    public int attempts(long id) {
        return read(() -> attempts.count(id));
    }

    /// Attempts at file `id`, oldest first.
    List<AttemptRecord> history(long id) {
        return read(() -> attempts.all(id));
    }

    /// Gives the next file its turn, if one is ready: an interrupted one first, then by priority, arrival group and
    /// natural name order, then those that failed before, as their back-off ends. Costs the same however many wait.
    /// Where none waits, is taken or in training, the drain ends.
    ///
    /// What is announced is announced inside the lock, before the listener is told of any later change. Who hears
    /// it must return at once and not call the store.
    ///
    /// @param modelStep global step of the weights in memory, from which a new attempt begins
    /// @param announce  told of the claim
    /// @param nothing   told that nothing is ready
    public Optional<Claim> claim(long modelStep, Consumer<Claim> announce, Runnable nothing) {
        synchronized (lock) {
            Optional<Claim> claim = handle.inTransaction(_ -> files.next()
                    .filter(turn -> turn.waitFrom(clock.instant()).isZero())
                    .map(turn -> claimed(turn.file(), modelStep)));
            if (claim.isPresent()) {
                counts = claim.get().counts();
                announce.accept(claim.get());
            } else {
                endDrainIfDone();
                nothing.run();
            }
            return claim;
        }
    }

    private Claim claimed(QueuedFile file, long modelStep) {
        boolean waited = file.state() == FileState.WAITING;
        boolean resumed = attempts.open(file.id()).isPresent();
        QueueRows.Attempt attempt = attempts.openOrBegin(file.id(), modelStep);
        files.state(file.id(), FileState.TRAINING);
        return new Claim(
                file.in(FileState.TRAINING),
                attempt.id(),
                attempt.number(),
                resumed,
                attempt.measures(),
                attempt.beganAt(),
                waited ? after(-1, -file.plannedSteps()) : after(0, 0));
    }

    /// When a file that has just failed may be tried again; empty if it is to be given up.
    Optional<Instant> nextAttempt(Claim claim, TrainingOutcome.Failed failed) {
        return policy.nextAttempt(FailureType.of(failed.type()), claim.file().failures() + 1, clock.instant());
    }

    /// Lets a file that has just failed wait for another attempt.
    void retryAt(Claim claim, TrainingOutcome.Failed failed, AttemptMeasures measures, Instant readyAt) {
        change(1, claim.file().plannedSteps(), () -> {
            FileReport.Cause error = new FileReport.Cause(failed.type(), failed.message());
            record(claim, failed, measures);
            attempts.ended(claim.attemptId(), FileState.FAILED, error);
            files.retryAt(claim.file().id(), error, readyAt);
        });
    }

    /// Records how training a claimed file went; one that failed is given up.
    public void settle(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) {
        long file = claim.file().id();
        change(0, 0, () -> {
            record(claim, outcome, measures);
            switch (outcome) {
                case TrainingOutcome.Interrupted _ -> files.state(file, FileState.INTERRUPTED);
                case TrainingOutcome.Completed _ -> {
                    attempts.ended(claim.attemptId(), FileState.COMPLETED, null);
                    files.state(file, FileState.COMPLETED);
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
        change(0, 0, () -> files.state(file.id(), FileState.INTERRUPTED));
    }

    /// Gives up a file that is not in training.
    ///
    /// @param survey what it holds, where that is known and not yet recorded
    public void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) {
        FileReport.Cause error = new FileReport.Cause(type, message);
        change((int) waiting(file.state(), -1), waiting(file.state(), -file.plannedSteps()), () -> {
            if (survey != null) {
                files.survey(file.id(), survey);
            }
            attempts.open(file.id()).ifPresent(a -> attempts.ended(a.id(), FileState.FAILED, error));
            files.failure(file.id(), error);
        });
    }

    /// Lets a file of known content, which was being taken, go by untrained.
    void skip(QueuedFile file, FileSurvey survey, QueuedFile original) {
        change(0, 0, () -> {
            files.survey(file.id(), survey);
            files.duplicateOf(file.id(), original.id());
            files.state(file.id(), FileState.SKIPPED);
        });
    }

    /// Takes its turn from a file that waits or was interrupted.
    ///
    /// @return whether its state allowed it
    boolean hold(long id) {
        return changeIf(id, FileState.HELD, Set.of(FileState.WAITING, FileState.INTERRUPTED), file -> {
            endInterrupted(id);
            files.hold(id, HoldReason.BY_HAND);
        });
    }

    /// Gives a held file its turn back.
    ///
    /// @return whether it was held
    boolean release(long id) {
        return changeIf(id, FileState.WAITING, Set.of(FileState.HELD), file -> {
            files.state(id, FileState.WAITING);
            attempts.beginDrain();
        });
    }

    /// Takes a file out of the queue that is not in training.
    ///
    /// @return whether its state allowed it
    boolean remove(long id) {
        Set<FileState> from = Set.of(FileState.WAITING, FileState.HELD, FileState.INTERRUPTED);
        return changeIf(id, FileState.REMOVED, from, file -> {
            endInterrupted(id);
            files.state(id, FileState.REMOVED);
        });
    }

    /// Puts a file back into the queue with which it was done, as if it had never failed. Its file lies there already.
    ///
    /// @param survey what it holds now
    /// @return whether its state allowed it
    boolean requeue(long id, FileSurvey survey) {
        return write(() -> {
                    files.survey(id, survey); // First, so that the steps that wait are those of this survey.
                    return files.find(id);
                })
                .filter(file -> changeIf(
                        id, FileState.WAITING, Set.of(FileState.FAILED, FileState.SKIPPED, FileState.REMOVED), _ -> {
                            files.fresh(id);
                            attempts.beginDrain();
                        }))
                .isPresent();
    }

    /// Ends the back-off of a file that waits.
    ///
    /// @return whether it waits
    boolean readyNow(long id) {
        return changeIf(id, FileState.WAITING, Set.of(FileState.WAITING), _ -> files.readyNow(id));
    }

    /// Gives a file that has not had its turn another priority.
    ///
    /// @return whether its state allowed it
    boolean priority(long id, Priority priority) {
        synchronized (lock) {
            Optional<FileState> state = files.find(id).map(QueuedFile::state);
            return state.isPresent()
                    && changeIf(
                            id,
                            state.get(),
                            Set.of(FileState.WAITING, FileState.HELD),
                            _ -> files.priority(id, priority));
        }
    }

    /// N would go back if the attempt were resumed after others had begun: the next one is a new one.
    private void endInterrupted(long id) {
        attempts.open(id).ifPresent(a -> attempts.ended(a.id(), FileState.INTERRUPTED, null));
    }

    /// Gives files of the inbox their identities, before they are moved.
    List<QueuedFile> beginTaking(List<Arrival> arrivals) {
        return write(() -> {
            List<QueuedFile> taken = new ArrayList<>(arrivals.size());
            for (Arrival arrival : arrivals) {
                long id = files.newestId() + 1;
                files.insert(id, StoredName.of(id, arrival.name(), fileSystem), arrival);
                taken.add(files.find(id).orElseThrow());
            }
            return taken;
        });
    }

    /// Gives a file that was found in the queue directory without a row the row it should have.
    QueuedFile adopt(long id, String storedName, Arrival arrival) {
        return write(() -> {
            files.insert(id, storedName, arrival);
            return files.find(id).orElseThrow();
        });
    }

    /// Forgets a file that was gone before it could be taken.
    void forget(QueuedFile file) {
        change(0, 0, () -> files.delete(file.id()));
    }

    /// A file whose content is known already.
    ///
    /// @param copy     the file; held, or still being taken where the policy is to skip it
    /// @param original the one that has the same bytes
    record Duplicate(Surveyed copy, QueuedFile original) {}

    /// Lets taken files wait for their turn, all at once, but for those whose content is known, which are dealt with
    /// by policy. Two of a batch can be copies of each other; the first of them waits.
    ///
    /// @return the copies, unless they are trained like others
    List<Duplicate> enqueue(List<Surveyed> batch) {
        List<Duplicate> duplicates = new ArrayList<>();
        synchronized (lock) {
            int[] waiting = {0};
            long[] steps = {0};
            handle.useTransaction(_ -> {
                for (Surveyed s : batch) {
                    Optional<QueuedFile> original =
                            files.original(s.file().id(), s.survey().sha256());
                    if (original.isPresent() && policy.duplicates() != Duplicates.TRAIN) {
                        duplicates.add(new Duplicate(s, original.get()));
                    }
                    if (queued(s, original)) {
                        waiting[0]++;
                        steps[0] += s.survey().plannedSteps();
                    }
                }
                if (waiting[0] > 0) {
                    attempts.beginDrain();
                }
            });
            told(waiting[0], steps[0]);
        }
        return duplicates;
    }

    /// @return whether the file waits now
    private boolean queued(Surveyed s, Optional<QueuedFile> original) {
        long id = s.file().id();
        if (original.isPresent() && policy.duplicates() == Duplicates.SKIP) {
            return false; // Its report comes first.
        }
        files.survey(id, s.survey());
        original.ifPresent(o -> files.duplicateOf(id, o.id()));
        if (original.isPresent() && policy.duplicates() == Duplicates.HOLD) {
            files.hold(id, HoldReason.DUPLICATE);
            return false;
        }
        files.state(id, FileState.WAITING);
        return true;
    }

    long newestArrivalGroup() {
        return read(files::newestArrivalGroup);
    }

    long newestId() {
        return read(files::newestId);
    }

    void reserveIds(long id) {
        write(() -> {
            files.reserveIds(id);
            return id;
        });
    }

    @Override
    public void close() {
        synchronized (lock) {
            handle.close();
        }
    }

    /// Ends the drain if no file is unsettled.
    void endDrainIfDone() {
        synchronized (lock) {
            if (!files.anyPending()) {
                attempts.endDrain();
            }
        }
    }

    private void change(int waitingFiles, long waitingSteps, Runnable change) {
        synchronized (lock) {
            handle.useTransaction(_ -> change.run());
            told(waitingFiles, waitingSteps);
        }
    }

    /// Changes the file `id` to the state `to` if its state is one of `from`.
    private boolean changeIf(long id, FileState to, Set<FileState> from, Consumer<QueuedFile> change) {
        synchronized (lock) {
            Optional<QueuedFile> found = files.find(id).filter(f -> from.contains(f.state()));
            found.ifPresent(file -> change(
                    (int) (waiting(to, 1) - waiting(file.state(), 1)),
                    waiting(to, file.plannedSteps()) - waiting(file.state(), file.plannedSteps()),
                    () -> change.accept(file)));
            return found.isPresent();
        }
    }

    private static long waiting(FileState state, long value) {
        return state == FileState.WAITING ? value : 0;
    }

    private void told(int waitingFiles, long waitingSteps) {
        counts = after(waitingFiles, waitingSteps);
        listener.accept(counts);
    }

    private QueueCounts after(int waitingFiles, long waitingSteps) {
        return new QueueCounts(
                counts.revision() + 1, counts.waitingFiles() + waitingFiles, counts.waitingSteps() + waitingSteps);
    }

    private <T> T write(Supplier<T> work) {
        synchronized (lock) {
            return handle.inTransaction(_ -> work.get());
        }
    }

    private <T> T read(Supplier<T> query) {
        synchronized (lock) {
            return query.get();
        }
    }
}
