package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The SQL of files and their rows. Every method belongs into a transaction of [QueueStore], under its lock.
final class QueueStatements {
    static final String UNSETTLED = "state NOT IN ('completed', 'skipped', 'failed')";
    static final String NEXT = "SELECT * FROM file WHERE turn IS NOT NULL"
            + " ORDER BY turn, priority, arrival_group, natural_key, id LIMIT 1";

    private final Handle handle;
    private final InstantSource clock;

    QueueStatements(Handle handle, InstantSource clock) {
        this.handle = handle;
        this.clock = clock;
    }

    /// What waits, counted: once, when the database is opened.
    QueueCounts countWaiting() {
        return handle.createQuery("SELECT count(*) AS files, coalesce(sum(planned_steps), 0) AS steps"
                        + " FROM file WHERE turn IS NOT NULL AND state = 'waiting'")
                .map((rs, _) -> new QueueCounts(1, rs.getInt("files"), rs.getLong("steps")))
                .one();
    }

    /// The file whose turn it is: one step down the index `file_turn`.
    Optional<QueuedFile> next() {
        return handle.createQuery(NEXT).map(QueueRows::file).findOne();
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

    boolean anyUnsettled() {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM file WHERE " + UNSETTLED + ")")
                .mapTo(boolean.class)
                .one();
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

    void state(long id, FileState state) {
        handle.execute("UPDATE file SET state = ? WHERE id = ?", state.word(), id);
    }

    void failure(long id, String type, String message) {
        handle.execute(
                "UPDATE file SET state = 'failed', error_type = ?, error_message = ? WHERE id = ?", type, message, id);
    }

    void survey(long id, FileSurvey survey) {
        RowLedger ledger = survey.ledger();
        handle.execute(
                "UPDATE file SET row_count = ?, rejected = ?, truncated = ?, planned_steps = ? WHERE id = ?",
                ledger.rows(),
                ledger.rejected(),
                ledger.truncated(),
                survey.plannedSteps(),
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
        return handle.createQuery("SELECT * FROM row_rejection WHERE file_id = :id ORDER BY position")
                .bind("id", id)
                .map((rs, _) ->
                        new RowRejection(rs.getLong("line"), rs.getInt("column_number"), rs.getString("reason")))
                .list();
    }
}
