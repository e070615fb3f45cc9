package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The SQL of files and their rows. Every method belongs into a transaction of [QueueStore], under its lock.
final class QueueStatements {
    private static final String UNSETTLED = "state NOT IN ('completed', 'skipped', 'failed', 'removed')";
    static final String ANY_PENDING = "SELECT EXISTS (SELECT 1 FROM file"
            + " WHERE state NOT IN ('completed', 'skipped', 'failed', 'removed', 'held'))";
    static final String NEXT = "SELECT * FROM file WHERE turn IS NOT NULL"
            + " ORDER BY turn, ready_at, priority, arrival_group, natural_key, id LIMIT 1";
    /// The first file of the same bytes that is trained, in training or waiting.
    static final String ORIGINAL = "SELECT * FROM file WHERE sha256 = :sha AND id <> :id"
            + " AND state IN ('waiting', 'training', 'interrupted', 'completed') ORDER BY id LIMIT 1";

    private final Handle handle;
    private final InstantSource clock;

    QueueStatements(Handle handle, InstantSource clock) {
        this.handle = handle;
        this.clock = clock;
    }

    /// What waits, counted: once, when the database is opened.
    QueueCounts countWaiting() {
        return handle.createQuery("SELECT count(*) AS files, coalesce(sum(planned_steps), 0) AS steps,"
                        + " coalesce(sum(bytes), 0) AS bytes, coalesce(sum(expected_tokens), 0) AS tokens,"
                        + " coalesce(sum(iif(expected_tokens > 0, bytes, 0)), 0) AS sampled,"
                        + " (SELECT count(*) FROM file WHERE state = 'held' AND held_reason = 'duplicate') AS copies"
                        + " FROM file WHERE turn IS NOT NULL AND state = 'waiting'")
                .map((rs, _) -> new QueueCounts(
                        1,
                        rs.getInt("files"),
                        rs.getLong("steps"),
                        rs.getLong("bytes"),
                        rs.getLong("tokens"),
                        rs.getLong("sampled"),
                        rs.getInt("copies")))
                .one();
    }

    /// A file that has a turn.
    ///
    /// @param readyAt  when its back-off ends; 1970 if it has none
    /// @param failedAt when its back-off began; null if it has none
    record Turn(QueuedFile file, Instant readyAt, @Nullable Instant failedAt) {
        /// How long it is until then. A clock that was set back behind the beginning of a back-off ends it.
        Duration waitFrom(Instant now) {
            return now.isBefore(readyAt) && failedAt != null && !now.isBefore(failedAt)
                    ? Duration.between(now, readyAt)
                    : Duration.ZERO;
        }
    }

    /// The file whose turn is next: one step down the index `file_turn`. Where that one is not ready, none is:
    /// those that failed come last, in the order in which they are ready.
    Optional<Turn> next() {
        return handle.createQuery(NEXT)
                .map((rs, context) -> new Turn(
                        QueueRows.file(rs, context),
                        Instant.ofEpochMilli(rs.getLong("ready_at")),
                        QueueRows.nullableInstant(rs, "failed_at")))
                .findOne();
    }

    /// The file of which `file` is a copy, if there is one.
    Optional<QueuedFile> original(long file, String sha256) {
        return handle.createQuery(ORIGINAL)
                .bind("sha", sha256)
                .bind("id", file)
                .map(QueueRows::file)
                .findOne();
    }

    Optional<QueuedFile> find(long id) {
        return handle.createQuery("SELECT * FROM file WHERE id = :id")
                .bind("id", id)
                .map(QueueRows::file)
                .findOne();
    }

    List<QueuedFile> unsettled() {
        return handle.createQuery("SELECT * FROM file WHERE " + UNSETTLED + " ORDER BY id")
                .map(QueueRows::file)
                .list();
    }

    /// Whether a file is being taken, waits, is in training or was interrupted.
    boolean anyPending() {
        return handle.createQuery(ANY_PENDING).mapTo(boolean.class).one();
    }

    long newestArrivalGroup() {
        return handle.createQuery("SELECT coalesce(max(arrival_group), 0) FROM file")
                .mapTo(long.class)
                .one();
    }

    /// The greatest id ever given to a file.
    long newestId() {
        return handle.createQuery("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'file'")
                .mapTo(long.class)
                .one();
    }

    /// Sees to it that new files get ids above `id`.
    void reserveIds(long id) {
        if (id > newestId()) {
            handle.execute("DELETE FROM sqlite_sequence WHERE name = 'file'");
            handle.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('file', ?)", id);
        }
    }

    void insert(long id, String storedName, Arrival arrival) {
        handle.createUpdate("INSERT INTO file (id, name, stored_name, source, bytes, modified_at, state, priority,"
                        + " arrival_group, natural_key, arrived_at) VALUES (:id, :name, :stored, :source, :bytes,"
                        + " :modified, 'taking', :priority, :group, :key, :now)")
                .bind("id", id)
                .bind("name", arrival.name())
                .bind("stored", storedName)
                .bind("source", arrival.source())
                .bind("bytes", arrival.bytes())
                .bind("modified", arrival.modified().toEpochMilli())
                .bind("priority", arrival.priority().rank())
                .bind("group", arrival.arrivalGroup())
                .bind("key", NaturalOrder.key(arrival.name()))
                .bind("now", clock.millis())
                .execute();
    }

    void delete(long id) {
        handle.execute("DELETE FROM file WHERE id = ?", id);
    }

    /// Any state but held.
    void state(long id, FileState state) {
        handle.execute(
                "UPDATE file SET state = ?, held_reason = NULL, settled_at = ? WHERE id = ?",
                state.word(),
                state.settled() ? (Long) clock.millis() : null,
                id);
    }

    void hold(long id, HoldReason reason) {
        handle.execute("UPDATE file SET state = 'held', held_reason = ? WHERE id = ?", reason.word(), id);
    }

    void duplicateOf(long id, long original) {
        handle.execute("UPDATE file SET duplicate_of = ? WHERE id = ?", original, id);
    }

    void priority(long id, Priority priority) {
        handle.execute("UPDATE file SET priority = ? WHERE id = ?", priority.rank(), id);
    }

    void failure(long id, FileReport.Cause error) {
        state(id, FileState.FAILED);
        handle.execute(
                "UPDATE file SET failures = failures + 1, error_type = ?, error_message = ? WHERE id = ?",
                error.type(),
                error.message(),
                id);
    }

    /// Lets a file that failed wait until `readyAt`, behind those that did not.
    void retryAt(long id, FileReport.Cause error, Instant readyAt) {
        failure(id, error);
        state(id, FileState.WAITING);
        handle.execute(
                "UPDATE file SET failed_at = ?, ready_at = ? WHERE id = ?", clock.millis(), readyAt.toEpochMilli(), id);
    }

    /// Ends a file's back-off.
    void readyNow(long id) {
        handle.execute("UPDATE file SET ready_at = 0 WHERE id = ?", id);
    }

    /// Makes a file that somebody wants tried again like one that never failed.
    void fresh(long id) {
        state(id, FileState.WAITING);
        handle.execute(
                "UPDATE file SET failures = 0, failed_at = NULL, ready_at = 0, error_type = NULL, error_message = NULL"
                        + " WHERE id = ?",
                id);
    }

    void survey(long id, FileSurvey survey) {
        RowLedger ledger = survey.ledger();
        handle.execute(
                "UPDATE file SET row_count = ?, rejected = ?, truncated = ?, planned_steps = ?, sha256 = ?,"
                        + " format = ?, held_out = ?, expected_tokens = ? WHERE id = ?",
                ledger.rows(),
                ledger.rejected(),
                ledger.truncated(),
                survey.plannedSteps(),
                survey.sha256(),
                survey.format().words(),
                ledger.heldOut(),
                survey.expectedTokens() > 0 ? survey.expectedTokens() : null,
                id);
        rejections(id, ledger.rejections());
    }

    private void rejections(long id, List<RowRejection> rejections) {
        handle.execute("DELETE FROM row_rejection WHERE file_id = ?", id);
        if (rejections.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO row_rejection VALUES (?, ?, ?, ?, ?)");
        int position = 0;
        for (RowRejection r : rejections) {
            batch.add(id, position++, r.line(), r.column(), r.reason());
        }
        batch.execute();
    }

    List<RowRejection> rejections(long id) {
        return rejections(handle, id);
    }

    static List<RowRejection> rejections(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM row_rejection WHERE file_id = :id ORDER BY position")
                .bind("id", id)
                .map((rs, _) ->
                        new RowRejection(rs.getLong("line"), rs.getInt("column_number"), rs.getString("reason")))
                .list();
    }
}
