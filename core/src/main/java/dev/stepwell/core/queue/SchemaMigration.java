package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Brings the tables of an older program up to date, in one transaction: whatever interrupts it, the database
/// is as it was or as it should be.
///
/// SQLite cannot change a table's checks, so where they differ the old tables are set aside, and new ones are
/// made and filled from them.
final class SchemaMigration {
    private static final List<String> TABLES = List.of("row_rejection", "row_ledger", "attempt", "file", "drain");
    private static final List<String> INDICES = List.of("drain_open", "file_turn", "file_unsettled", "attempt_of_file");

    private static final String COPY = """
            INSERT INTO drain SELECT * FROM drain_v1;

            INSERT INTO file (id, name, stored_name, source, bytes, modified_at, state, priority, arrival_group,
                              natural_key, arrived_at, row_count, rejected, truncated, planned_steps, error_type,
                              error_message, settled_at, held_out)
              SELECT id, name, stored_name, source, bytes, modified_at, state, priority, arrival_group,
                     natural_key, arrived_at, row_count, rejected, truncated, planned_steps, error_type, error_message,
                     (SELECT max(ended_at) FROM attempt_v1 WHERE file_id = file_v1.id), iif(row_count IS NULL, NULL, 0)
              FROM file_v1;

            UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'file_v1')
              WHERE name = 'file' AND EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'file_v1');

            INSERT INTO attempt (id, file_id, drain_id, number, began_at, ended_at, outcome, base_step, end_step,
                                 first_loss, last_loss, epochs, error_type, error_message)
              SELECT a.id, a.file_id, a.drain_id, a.number, a.began_at, a.ended_at, a.outcome, a.base_step, a.end_step,
                     a.first_loss, a.last_loss, a.epochs,
                     CASE a.outcome WHEN 'failed' THEN f.error_type END,
                     CASE a.outcome WHEN 'failed' THEN f.error_message END
              FROM attempt_v1 a JOIN file_v1 f ON f.id = a.file_id;

            INSERT INTO row_rejection SELECT * FROM row_rejection_v1;
            """;

    private SchemaMigration() {}

    /// Version 1 knew no held, skipped and removed files, one attempt a file, and one ledger an attempt.
    static void fromVersion1(Handle handle) {
        handle.execute("PRAGMA foreign_keys = OFF"); // Else dropping a table would empty those that refer to it.
        try {
            handle.useTransaction(h -> {
                INDICES.forEach(index -> h.execute("DROP INDEX " + index));
                TABLES.forEach(table -> h.execute("ALTER TABLE %s RENAME TO %s_v1".formatted(table, table)));
                h.createScript(QueueSchema.TABLES).execute();
                reserveIds(h);
                h.createScript(COPY).execute();
                copyLedgers(h);
                TABLES.forEach(table -> h.execute("DROP TABLE %s_v1".formatted(table)));
                h.execute("PRAGMA user_version = " + QueueSchema.VERSION);
            });
        } finally {
            handle.execute("PRAGMA foreign_keys = ON");
        }
    }

    /// Version 2 did not count the processes that died in an attempt.
    static void fromVersion2(Handle handle) {
        handle.useTransaction(h -> {
            h.execute("ALTER TABLE attempt ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0");
            h.execute("ALTER TABLE attempt ADD COLUMN death_step INTEGER");
            addFormat(h);
            addHeldOut(h);
            addExpectedTokens(h);
        });
    }

    /// Version 3 did not know what a file's rows are.
    static void fromVersion3(Handle handle) {
        handle.useTransaction(h -> {
            addFormat(h);
            addHeldOut(h);
            addExpectedTokens(h);
        });
    }

    /// Version 4 held no rows out of a file.
    static void fromVersion4(Handle handle) {
        handle.useTransaction(h -> {
            addHeldOut(h);
            addExpectedTokens(h);
        });
    }

    /// Version 5 did not look at a sample of a file's tokens.
    static void fromVersion5(Handle handle) {
        handle.useTransaction(SchemaMigration::addExpectedTokens);
    }

    private static void addFormat(Handle handle) {
        handle.execute("ALTER TABLE file ADD COLUMN format TEXT");
    }

    private static void addHeldOut(Handle handle) {
        handle.execute("ALTER TABLE file ADD COLUMN held_out INTEGER");
        handle.execute("UPDATE file SET held_out = 0 WHERE row_count IS NOT NULL");
        handle.execute("ALTER TABLE row_ledger RENAME TO row_ledger_v4");
        handle.createScript(QueueSchema.ROW_LEDGER).execute();
        handle.execute("INSERT INTO row_ledger SELECT attempt_id, epoch, row_count, trained, remaining, rejected,"
                + " truncated, 0 FROM row_ledger_v4");
        handle.execute("DROP TABLE row_ledger_v4");
    }

    /// Of files that were counted before, nothing is known.
    private static void addExpectedTokens(Handle handle) {
        handle.execute("ALTER TABLE file ADD COLUMN expected_tokens INTEGER");
        handle.execute("PRAGMA user_version = " + QueueSchema.VERSION);
    }

    /// A table that was never written to has no row that says which ids were given out.
    private static void reserveIds(Handle handle) {
        handle.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('file', 0)");
    }

    private static void copyLedgers(Handle handle) {
        AttemptStatements.Ledgers ledgers = new AttemptStatements.Ledgers(handle);
        handle.createQuery("SELECT * FROM row_ledger_v1")
                .map((rs, _) -> {
                    ledgers.add(
                            rs.getLong("attempt_id"),
                            new RowLedger(
                                    rs.getLong("row_count"),
                                    rs.getLong("rejected"),
                                    rs.getLong("truncated"),
                                    rs.getLong("rows_trained"),
                                    List.of()));
                    return 1;
                })
                .list();
        ledgers.write();
    }
}
