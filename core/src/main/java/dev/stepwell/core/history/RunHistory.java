package dev.stepwell.core.history;

import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.Recorder;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what is measured in `history.db`, so that neither a restart nor a reload of a page loses it.
///
/// **Concurrency.** The status thread puts records down under a short lock. The thread `history` takes them all about
/// once a second and writes them in one transaction, so that a disk which hangs holds up nothing but this.
///
/// **Durability.** What was written survives `kill -9`; what was measured in the second before does not, and of it the
/// weights contain nothing that a checkpoint does not.
///
/// **Size.** Above its budget, the same thread thins old steps, some slices each second: see [Thinner].
///
/// **A disk that cannot be written** costs no step: records wait in memory, up to [#MAX_PENDING], the oldest go first,
/// and [Outages] is told.
public final class RunHistory implements Recorder, AutoCloseable {
    static final int MAX_PENDING = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(RunHistory.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final Path database;
    private final Handle handle;
    private final HistoryWriter writer;
    private final Thinner thinner;
    private final Instant attemptsKnownUntil;
    private final Outages outages;
    private final Thread thread;
    private final Object lock = new Object();
    private List<HistoryRecord> pending = new ArrayList<>();
    private volatile boolean closing;
    private boolean failing; // The thread's own, and its closer's once it has ended.

    /// Told when the history cannot be written, and when it can again. On the thread `history`.
    public interface Outages {
        /// It cannot be written.
        ///
        /// @param problem what is wrong, and with which file, in a sentence
        void began(String problem);

        /// It can be written again.
        void over();
    }

    /// Whose history it is, and how large it may become.
    ///
    /// @param process     this process
    /// @param version     of the program
    /// @param budgetBytes size up to which it is kept; [Long#MAX_VALUE] for any
    public record Keeping(ProcessIdentity process, String version, long budgetBytes) {}

    private RunHistory(Path database, Handle handle, Keeping keeping, Outages outages) {
        this.database = database;
        this.handle = handle;
        this.writer = new HistoryWriter(handle, keeping.process().bootId());
        this.thinner = new Thinner(handle, keeping.budgetBytes());
        this.outages = outages;
        this.attemptsKnownUntil =
                Instant.ofEpochMilli(handle.createQuery("SELECT coalesce(max(ended_at), 0) FROM attempt")
                        .mapTo(long.class)
                        .one());
        pending.add(
                new HistoryRecord.RunBegan(keeping.version(), keeping.process().startedAt()));
        this.thread = Thread.ofPlatform().daemon().name("history").start(this::run);
    }

    /// Opens `database`, making it where there is none.
    ///
    /// @throws IllegalStateException if it is no such database, or a newer program wrote it, with the remedy
    public static RunHistory open(Path database, Keeping keeping, Outages outages) {
        try {
            Handle handle = SqliteFile.open(database, SqliteFile.Durability.PROCESS);
            try {
                HistorySchema.prepare(handle);
                return new RunHistory(database, handle, keeping, outages);
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        } catch (JdbiException | IllegalStateException e) {
            throw new IllegalStateException(
                    "the run history %s cannot be used: %s. It holds measurements only: moved away, a new one is begun"
                            .formatted(database, e.getMessage()),
                    e);
        }
    }

    /// When the last attempt ended that it knows of: what the queue knows of later ones is to be told. A process that
    /// is killed may have told the queue and not come to this.
    public Instant attemptsKnownUntil() {
        return attemptsKnownUntil;
    }

    @Override
    public void step(long globalStep, StepCompleted step, Instant at) {
        add(new HistoryRecord.Step(globalStep, at, step));
    }

    @Override
    public void fileStarted(long baseStep, String name, Instant at) {
        add(new HistoryRecord.Marked(new Mark(Mark.Kind.FILE, baseStep, at.toEpochMilli(), name)));
    }

    @Override
    public void attemptBegan(FileAttempt attempt, Instant at) {
        add(new HistoryRecord.AttemptBegan(attempt, at));
    }

    @Override
    public void attemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) {
        add(new HistoryRecord.AttemptEnded(attempt, end, at));
    }

    @Override
    public void checkpointSaved(long globalStep, Duration took, Instant at) {
        add(new HistoryRecord.Marked(new Mark(Mark.Kind.CHECKPOINT, globalStep, at.toEpochMilli(), null)));
    }

    @Override
    public void scored(Evaluation evaluation, Instant at) {
        add(new HistoryRecord.Scored(evaluation, at));
    }

    @Override
    public void previewed(Preview preview, double accuracyPercent, Instant at) {
        add(new HistoryRecord.Previewed(preview, accuracyPercent, at));
    }

    @Override
    public void machine(long globalStep, MachineFigures figures, Instant at) {
        add(new HistoryRecord.Looked(globalStep, at, figures));
    }

    @Override
    public void alerts(List<Alert> standing, Instant at) {
        add(new HistoryRecord.Alerted(standing, at));
    }

    @Override
    public void ended(DaemonState state, @Nullable Failure failure, Instant at) {
        add(new HistoryRecord.RunEnded(state, failure, at));
    }

    private void add(HistoryRecord entry) {
        synchronized (lock) {
            if (pending.size() < MAX_PENDING) {
                pending.add(entry);
                return;
            }
            // Seldom enough that moving them all is no matter: a thousand at once.
            pending.subList(0, 1_000).clear();
            pending.add(entry);
        }
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(this, PACE.toNanos());
            write();
        }
    }

    private void write() {
        List<HistoryRecord> batch;
        synchronized (lock) {
            batch = pending;
            pending = new ArrayList<>();
        }
        try {
            if (!batch.isEmpty()) {
                writer.write(batch);
            }
        } catch (RuntimeException e) {
            putBack(batch);
            failed(e);
            return;
        }
        try {
            thinner.tend();
        } catch (RuntimeException e) { // What was measured is written; thinning goes on where it was.
            failed(e);
            return;
        }
        if (failing) {
            failing = false;
            outages.over();
        }
    }

    private void failed(RuntimeException e) {
        if (!failing) {
            failing = true;
            outages.began("The run history %s cannot be written: %s. Measurements wait in memory; training goes on."
                    .formatted(database, e.getMessage()));
        }
    }

    private void putBack(List<HistoryRecord> batch) {
        synchronized (lock) {
            batch.addAll(pending);
            pending = batch.size() <= MAX_PENDING
                    ? batch
                    : new ArrayList<>(batch.subList(batch.size() - MAX_PENDING, batch.size()));
        }
    }

    /// Writes what is pending, and closes the database. Waits at most ten seconds for a disk that hangs.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("The last measurements could not be written within {}: the disk hangs.", CLOSE_PATIENCE);
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        write();
        if (failing) {
            LOG.warn("The last measurements could not be kept in {}: see the alert before.", database);
        }
        handle.close();
    }
}
