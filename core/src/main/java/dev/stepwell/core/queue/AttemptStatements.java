package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The SQL of drains and attempts. Every method belongs into a transaction of [QueueStore], under its lock.
final class AttemptStatements {
    private final Handle handle;
    private final InstantSource clock;

    AttemptStatements(Handle handle, InstantSource clock) {
        this.handle = handle;
        this.clock = clock;
    }

    /// Begins a drain unless one is under way.
    void beginDrain() {
        handle.execute(
                "INSERT INTO drain (began_at) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM drain WHERE ended_at IS NULL)",
                clock.millis());
    }

    /// Ends the drain that is under way, if there is one.
    void endDrain() {
        handle.execute("UPDATE drain SET ended_at = ? WHERE ended_at IS NULL", clock.millis());
    }

    /// The attempt of `fileId` that has not ended.
    Optional<QueueRows.Attempt> open(long fileId) {
        return handle.createQuery("SELECT * FROM attempt WHERE file_id = :file AND ended_at IS NULL")
                .bind("file", fileId)
                .map(QueueRows::attempt)
                .findOne();
    }

    /// The attempt of `fileId` that has not ended, or a new one: the next number of the drain.
    QueueRows.Attempt openOrBegin(long fileId, long modelStep) {
        return open(fileId).orElseGet(() -> begin(fileId, modelStep));
    }

    private QueueRows.Attempt begin(long fileId, long modelStep) {
        beginDrain();
        return handle.createQuery("INSERT INTO attempt (file_id, drain_id, number, began_at, base_step)"
                        + " SELECT :file, d.id,"
                        + " 1 + coalesce((SELECT max(number) FROM attempt WHERE drain_id = d.id), 0),"
                        + " :now, :step FROM drain d WHERE d.ended_at IS NULL RETURNING *")
                .bind("file", fileId)
                .bind("now", clock.millis())
                .bind("step", modelStep)
                .map(QueueRows::attempt)
                .one();
    }

    void measured(long attemptId, AttemptMeasures m) {
        handle.createUpdate("UPDATE attempt SET base_step = :base, first_loss = :first, last_loss = :last,"
                        + " epochs = :epochs WHERE id = :id")
                .bind("base", m.baseStep())
                .bind("first", m.firstLoss())
                .bind("last", m.lastLoss())
                .bind("epochs", m.epochs())
                .bind("id", attemptId)
                .execute();
    }

    void ledger(long attemptId, RowLedger ledger) {
        handle.execute(
                "INSERT OR REPLACE INTO row_ledger VALUES (?, ?, ?, ?, ?)",
                attemptId,
                ledger.rows(),
                ledger.rejected(),
                ledger.truncated(),
                ledger.rowsTrained());
    }

    void endStep(long attemptId, long globalStep) {
        handle.execute("UPDATE attempt SET end_step = ? WHERE id = ?", globalStep, attemptId);
    }

    void ended(long attemptId, FileState outcome) {
        handle.execute(
                "UPDATE attempt SET ended_at = ?, outcome = ? WHERE id = ?", clock.millis(), outcome.word(), attemptId);
    }

    int count(long fileId) {
        return handle.createQuery("SELECT count(*) FROM attempt WHERE file_id = :file")
                .bind("file", fileId)
                .mapTo(int.class)
                .one();
    }
}
