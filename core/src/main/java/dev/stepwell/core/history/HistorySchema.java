package dev.stepwell.core.history;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The tables of `history.db`, and their version.
///
/// ```
///  segment 1 ──── * step          mark          machine
/// ```
///
/// A **segment** is a run of steps that follow on each other. Where a process goes on from a checkpoint, or weights
/// are rolled back, a new one begins at a step that an earlier one may have passed: from there on the earlier one is
/// *superseded*, because the weights do not contain what it tells. Its steps stay; marks have no segment, and those of
/// superseded steps are deleted, as is what the machine was busy with then. Times are milliseconds since 1970, UTC.
final class HistorySchema {
    /// Kept in SQLite's `user_version`; 0 is a database without tables.
    static final int VERSION = 2;

    private static final String TABLES = """
            CREATE TABLE segment (
              id         INTEGER PRIMARY KEY,
              boot_id    TEXT NOT NULL,
              began_at   INTEGER NOT NULL,
              first_step INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE step (
              segment_id    INTEGER NOT NULL REFERENCES segment,
              global_step   INTEGER NOT NULL,
              at            INTEGER NOT NULL,
              loss          REAL,
              learning_rate REAL NOT NULL,
              gradient_norm REAL,
              tokens        INTEGER NOT NULL,
              nanos         INTEGER NOT NULL,
              PRIMARY KEY (segment_id, global_step)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE mark (
              kind        TEXT NOT NULL CHECK (kind IN ('file', 'checkpoint', 'preview')),
              global_step INTEGER NOT NULL,
              at          INTEGER NOT NULL,
              label       TEXT,
              value       REAL,
              PRIMARY KEY (kind, global_step)
            ) STRICT, WITHOUT ROWID;
            """;

    private static final String MACHINE = """
            CREATE TABLE machine (
              global_step           INTEGER PRIMARY KEY,
              at                    INTEGER NOT NULL,
              cpu_percent           REAL,
              memory_used_bytes     INTEGER,
              process_memory_bytes  INTEGER,
              disk_free_bytes       INTEGER,
              gpu_percent           REAL,
              gpu_memory_used_bytes INTEGER
            ) STRICT;
            """;

    private HistorySchema() {}

    /// Makes the tables where there are none, and those that came later where an earlier program wrote.
    ///
    /// @throws IllegalStateException if a newer program wrote the database, naming both versions
    static void prepare(Handle handle) {
        int found = handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
        if (found > VERSION) {
            throw new IllegalStateException(
                    "it has version %d, but this program knows versions up to %d: use a newer stepwell"
                            .formatted(found, VERSION));
        }
        if (found == VERSION) {
            return;
        }
        handle.useTransaction(h -> {
            if (found == 0) {
                h.createScript(TABLES).execute();
            }
            h.createScript(MACHINE).execute();
            h.execute("PRAGMA user_version = " + VERSION);
        });
    }

    /// A stretch of steps that the weights contain, as far as this is known.
    ///
    /// @param first the first of them
    /// @param last  the last that is not superseded
    record Stretch(long segment, long first, long last) {}

    /// What is not superseded, in the order of the steps.
    static List<Stretch> current(Handle handle) {
        return handle.createQuery("""
                SELECT id, first_step, until FROM (
                  SELECT id, first_step,
                         coalesce(min(first_step) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
                                  9223372036854775807) - 1 AS until
                  FROM segment)
                WHERE first_step <= until ORDER BY id""")
                .map((rs, _) -> new Stretch(rs.getLong("id"), rs.getLong("first_step"), rs.getLong("until")))
                .list();
    }
}
