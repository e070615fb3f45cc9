package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
/// A drain begins with the first file that waits and ends when a claim finds that no file is unsettled. An attempt
/// that was interrupted is resumed as the same attempt, so N does not grow when the process is killed and started
/// again.
///
/// All methods throw [org.jdbi.v3.core.JdbiException] if the database cannot be read or written; nothing is changed
/// then.
public final class QueueStore implements AutoCloseable {
    private final Object lock = new Object();
    private final Handle handle;
    private final FileSystem fileSystem;
    private final QueueStatements files;
    private final AttemptStatements attempts;
    private QueueCounts counts;
    private Consumer<QueueCounts> listener = c -> {};

    private QueueStore(Handle handle, FileSystem fileSystem, InstantSource clock) {
        this.handle = handle;
        this.fileSystem = fileSystem;
        this.files = new QueueStatements(handle, clock);
        this.attempts = new AttemptStatements(handle, clock);
        this.counts = files.countWaiting();
    }

    /// Opens the database, making it where there is none.
    ///
    /// @throws IllegalStateException if it is no such database, or a newer program wrote it, naming both versions
    public static QueueStore open(Path database, InstantSource clock) {
        try {
            return prepared(QueueConnection.open(database), database, clock);
        } catch (JdbiException e) {
            throw new IllegalStateException(
                    "the database %s cannot be used: %s".formatted(database, e.getMessage()), e);
        }
    }

    private static QueueStore prepared(Handle handle, Path database, InstantSource clock) {
        try {
            QueueSchema.prepare(handle);
            return new QueueStore(handle, database.getFileSystem(), clock);
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

    /// Whether no file is waiting, in training, interrupted or being taken.
    public boolean isDrained() {
        return read(() -> !files.anyUnsettled());
    }

    /// The first of the rows of file `id` that were refused, with their reasons.
    public List<RowRejection> rejections(long id) {
        return read(() -> files.rejections(id));
    }

    /// How many attempts at file `id` began, those that were resumed counted once.
    public int attempts(long id) {
        return read(() -> attempts.count(id));
    }

    /// Gives the next file its turn, if one waits: an interrupted one first, then by priority, arrival group and
    /// natural name order. Costs the same however many wait. Where none does and nothing is unsettled, the drain
    /// ends.
    ///
    /// What is announced is announced inside the lock, before the listener is told of any later change. Who hears
    /// it must return at once and not call the store.
    ///
    /// @param modelStep global step of the weights in memory, from which a new attempt begins
    /// @param announce  told of the claim
    /// @param nothing   told that nothing waits
    public Optional<Claim> claim(long modelStep, Consumer<Claim> announce, Runnable nothing) {
        synchronized (lock) {
            Optional<Claim> claim = handle.inTransaction(_ -> files.next().map(file -> claimed(file, modelStep)));
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

    /// Records how training a claimed file went.
    public void settle(Claim claim, TrainingOutcome outcome, AttemptMeasures measures) {
        long file = claim.file().id();
        change(0, 0, () -> {
            attempts.measured(claim.attemptId(), measures);
            attempts.ledger(claim.attemptId(), outcome.ledger());
            attempts.endStep(claim.attemptId(), outcome.globalStep());
            switch (outcome) {
                case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ ->
                    files.state(file, FileState.INTERRUPTED);
                case TrainingOutcome.Completed _ -> {
                    attempts.ended(claim.attemptId(), FileState.COMPLETED);
                    files.state(file, FileState.COMPLETED);
                }
                case TrainingOutcome.Skipped _ -> {
                    attempts.ended(claim.attemptId(), FileState.SKIPPED);
                    files.state(file, FileState.SKIPPED);
                }
                case TrainingOutcome.Failed failed -> {
                    attempts.ended(claim.attemptId(), FileState.FAILED);
                    files.failure(file, failed.type(), failed.message());
                }
            }
        });
    }

    /// Puts a claimed file first in line again, after an attempt that ended without an outcome.
    public void interrupt(QueuedFile file) {
        change(0, 0, () -> files.state(file.id(), FileState.INTERRUPTED));
    }

    /// Gives up a file that is not in training.
    ///
    /// @param survey what it holds, where that is known and not yet recorded
    public void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) {
        boolean waited = file.state() == FileState.WAITING;
        change(waited ? -1 : 0, waited ? -file.plannedSteps() : 0, () -> {
            if (survey != null) {
                files.survey(file.id(), survey);
            }
            attempts.open(file.id()).ifPresent(a -> attempts.ended(a.id(), FileState.FAILED));
            files.failure(file.id(), type, message);
        });
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

    /// Lets taken files wait for their turn, all at once.
    void enqueue(List<Surveyed> batch) {
        long steps = batch.stream().mapToLong(s -> s.survey().plannedSteps()).sum();
        change(batch.size(), steps, () -> {
            for (Surveyed s : batch) {
                files.survey(s.file().id(), s.survey());
                files.state(s.file().id(), FileState.WAITING);
            }
            attempts.beginDrain();
        });
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
            if (!files.anyUnsettled()) {
                attempts.endDrain();
            }
        }
    }

    private void change(int waitingFiles, long waitingSteps, Runnable change) {
        synchronized (lock) {
            handle.useTransaction(_ -> change.run());
            counts = after(waitingFiles, waitingSteps);
            listener.accept(counts);
        }
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
