package dev.stepwell.core.history;

import org.jdbi.v3.core.Handle;

/// Brings the tables of an older program up to date, in one transaction: whatever interrupts it, the database is as it
/// was or as it should be. Steps are not copied, however many there are.
final class HistoryMigration {
    /// Previews were marks without texts, one for each step. How a process ended was not said.
    private static final String COPY = """
            INSERT INTO preview (segment_id, global_step, at, accuracy_percent)
              SELECT coalesce((SELECT max(id) FROM segment WHERE first_step <= mark_v2.global_step), 0),
                     global_step, at, value
              FROM mark_v2 WHERE kind = 'preview' AND value IS NOT NULL ORDER BY global_step;

            INSERT INTO mark SELECT kind, global_step, at, label FROM mark_v2 WHERE kind <> 'preview';

            INSERT INTO run (boot_id, started_at, seen_at, ended_at, ending)
              SELECT boot_id, began_at, seen_at, seen_at, 'unknown' FROM (
                SELECT boot_id, min(began_at) AS began_at,
                       max(coalesce((SELECT at FROM step WHERE segment_id = segment.id
                                     ORDER BY global_step DESC LIMIT 1), began_at)) AS seen_at
                FROM segment GROUP BY boot_id);
            """;

    private HistoryMigration() {}

    /// Version 1 did not know what the machine was busy with.
    static void fromVersion1(Handle handle) {
        handle.useTransaction(h -> {
            h.createScript(HistorySchema.MACHINE).execute();
            addEvents(h);
        });
    }

    /// Version 2 knew steps, files, checkpoints and previews as marks, and the machine.
    static void fromVersion2(Handle handle) {
        handle.useTransaction(HistoryMigration::addEvents);
    }

    private static void addEvents(Handle handle) {
        handle.execute("ALTER TABLE mark RENAME TO mark_v2"); // SQLite cannot change a table's checks.
        handle.createScript(HistorySchema.MARK + HistorySchema.EVENTS + COPY).execute();
        handle.execute("DROP TABLE mark_v2");
        handle.execute("PRAGMA user_version = " + HistorySchema.VERSION);
    }
}
