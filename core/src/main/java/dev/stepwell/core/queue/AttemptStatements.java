package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

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

    /// Steps of the file that earlier attempts left in the weights are counted as done: its base lies before
    /// them.
    private QueueRows.Attempt begin(long fileId, long modelStep) {
        beginDrain();
        return handle.createQuery("INSERT INTO attempt (file_id, drain_id, number, began_at, base_step)"
                        + " SELECT :file, d.id,"
                        + " 1 + coalesce((SELECT max(number) FROM attempt WHERE drain_id = d.id), 0),"
                        + " :now, :step - coalesce((SELECT max(0, end_step - base_step) FROM attempt"
                        + " WHERE file_id = :file AND end_step <= :step ORDER BY id DESC LIMIT 1), 0)"
                        + " FROM drain d WHERE d.ended_at IS NULL RETURNING *")
                .bind("file", fileId)
                .bind("now", clock.millis())
                .bind("step", modelStep)
                .map(QueueRows::attempt)
                .one();
    }

    /// The process died in the attempt of `fileId` that has not ended.
    void died(long fileId) {
        handle.execute("UPDATE attempt SET deaths = deaths + 1 WHERE file_id = ? AND ended_at IS NULL", fileId);
    }

    /// How often the process died in an attempt since it was first loaded with the weights of `modelStep`, from
    /// which it goes on now. With others than the last time it got somewhere, so the death that followed is the
    /// first there.
    int deathsAt(long attemptId, long modelStep) {
        handle.execute(
                "UPDATE attempt SET deaths = 1, death_step = ? WHERE id = ? AND deaths > 0 AND death_step IS NOT ?",
                modelStep,
                attemptId,
                modelStep);
        return handle.createQuery("SELECT deaths FROM attempt WHERE id = :id")
                .bind("id", attemptId)
                .mapTo(int.class)
                .one();
    }

    /// Whether the process died in the attempt of `fileId` that has not ended.
    boolean isSuspect(long fileId) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM attempt WHERE file_id = :file AND ended_at IS NULL AND deaths > 0)")
                .bind("file", fileId)
                .mapTo(boolean.class)
                .one();
    }

    /// An attempt was interrupted as it should be.
    void survived(long attemptId) {
        handle.execute("UPDATE attempt SET deaths = 0, death_step = NULL WHERE id = ?", attemptId);
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
        handle.execute("DELETE FROM row_ledger WHERE attempt_id = ?", attemptId);
        Ledgers ledgers = new Ledgers(handle);
        ledgers.add(attemptId, ledger);
        ledgers.write();
    }

    void endStep(long attemptId, long globalStep) {
        handle.execute("UPDATE attempt SET end_step = ? WHERE id = ?", globalStep, attemptId);
    }

    /// Ends an attempt.
    ///
    /// @param outcome completed, skipped, failed or interrupted
    /// @param error   why it failed; null if it did not
    void ended(long attemptId, FileState outcome, FileReport.@Nullable Cause error) {
        handle.execute(
                "UPDATE attempt SET ended_at = ?, outcome = ?, error_type = ?, error_message = ? WHERE id = ?",
                clock.millis(),
                outcome.word(),
                error == null ? null : error.type(),
                error == null ? null : error.message(),
                attemptId);
    }

    List<AttemptRecord> all(long fileId) {
        return all(handle, fileId);
    }

    int count(long fileId) {
        return handle.createQuery("SELECT count(*) FROM attempt WHERE file_id = :file")
                .bind("file", fileId)
                .mapTo(int.class)
                .one();
    }

    /// Attempts at `fileId`, oldest first.
    static List<AttemptRecord> all(Handle handle, long fileId) {
        Map<Long, List<RowLedger.Epoch>> ledgers = new HashMap<>();
        handle.createQuery("SELECT l.* FROM row_ledger l JOIN attempt a ON a.id = l.attempt_id"
                        + " WHERE a.file_id = :file ORDER BY l.attempt_id, l.epoch")
                .bind("file", fileId)
                .map((rs, _) -> ledgers.computeIfAbsent(rs.getLong("attempt_id"), _ -> new ArrayList<>())
                        .add(epoch(rs)))
                .list();
        List<AttemptRecord> records = new ArrayList<>();
        handle.createQuery("SELECT * FROM attempt WHERE file_id = :file ORDER BY id")
                .bind("file", fileId)
                .map((rs, _) -> records.add(QueueRows.attemptRecord(
                        rs, records.size() + 1, ledgers.getOrDefault(rs.getLong("id"), List.of()))))
                .list();
        return records;
    }

    /// Attempts that ended at `since`, in milliseconds since 1970, or later; oldest first.
    List<PastAttempt> endedSince(long since) {
        return handle.createQuery("""
                        SELECT a.*, f.name AS file_name,
                               (SELECT count(*) FROM attempt b WHERE b.file_id = a.file_id AND b.id <= a.id) AS try,
                               (SELECT max(row_count) FROM row_ledger l WHERE l.attempt_id = a.id) AS row_count,
                               (SELECT max(trained) FROM row_ledger l WHERE l.attempt_id = a.id) AS trained,
                               (SELECT max(rejected) FROM row_ledger l WHERE l.attempt_id = a.id) AS rejected,
                               (SELECT max(held_out) FROM row_ledger l WHERE l.attempt_id = a.id) AS held_out
                        FROM attempt a JOIN file f ON f.id = a.file_id
                        WHERE a.ended_at >= :since ORDER BY a.ended_at, a.id""")
                .bind("since", since)
                .map((rs, _) -> QueueRows.pastAttempt(rs))
                .list();
    }

    private static RowLedger.Epoch epoch(ResultSet rs) throws SQLException {
        return new RowLedger.Epoch(
                rs.getInt("epoch"),
                rs.getLong("row_count"),
                rs.getLong("trained"),
                rs.getLong("remaining"),
                rs.getLong("held_out"),
                rs.getLong("rejected"),
                rs.getLong("truncated"));
    }

    /// Ledgers on their way into the database, together.
    static final class Ledgers {
        private final PreparedBatch batch;

        Ledgers(Handle handle) {
            batch = handle.prepareBatch("INSERT INTO row_ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        }

        void add(long attemptId, RowLedger ledger) {
            for (RowLedger.Epoch e : ledger.epochs()) {
                batch.add(
                        attemptId,
                        e.epoch(),
                        e.rows(),
                        e.trained(),
                        e.left(),
                        e.rejected(),
                        e.truncated(),
                        e.heldOut());
            }
        }

        void write() {
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }
}
