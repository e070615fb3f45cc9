package dev.stepwell.core.history;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// The tables of `history.db`, and their version.
///
/// ```
///  run          segment 1 ──── * step        mark        machine        attempt        alert        thinned
///                   1 ──── * preview
///                   1 ──── * evaluation
/// ```
///
/// A **segment** is a run of steps that follow on each other. Where a process goes on from a checkpoint, or weights
/// are rolled back, a new one begins at a step that an earlier one may have passed: from there on the earlier one is
/// *superseded*, because the weights do not contain what it tells. The view `shown` has the steps of each segment that
/// are not. Steps, previews and evaluations belong to the segment in which they were measured, and stay; those that
/// come before the first step of a segment belong to the one before, of whose last step they tell. Marks have no
/// segment, and those of superseded steps are deleted, as is what the machine was busy with then.
///
/// Runs, attempts and alerts happened, whatever became of the weights; so they are never superseded. Times are
/// milliseconds since 1970, UTC.
final class HistorySchema {
    /// Kept in SQLite's `user_version`; 0 is a database without tables.
    static final int VERSION = 3;

    /// The same in versions 1 and 2.
    private static final String STEPS = """
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
            """;

    /// The same in version 2.
    static final String MACHINE = """
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

    static final String MARK = """
            CREATE TABLE mark (
              kind        TEXT NOT NULL CHECK (kind IN ('file', 'checkpoint')),
              global_step INTEGER NOT NULL,
              at          INTEGER NOT NULL,
              label       TEXT,
              PRIMARY KEY (kind, global_step)
            ) STRICT, WITHOUT ROWID;
            """;

    /// What came with version 3.
    static final String EVENTS = """
            CREATE TABLE run (
              boot_id       TEXT NOT NULL PRIMARY KEY,
              version       TEXT,
              started_at    INTEGER NOT NULL,
              seen_at       INTEGER NOT NULL,
              ended_at      INTEGER,
              ending        TEXT CHECK (ending IN ('completed', 'stopped', 'crashed', 'killed', 'unknown')),
              error_type    TEXT,
              error_message TEXT,
              CHECK ((ended_at IS NULL) = (ending IS NULL))
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE attempt (
              file_id       INTEGER NOT NULL,
              number        INTEGER NOT NULL,
              began_at      INTEGER NOT NULL,
              file          TEXT NOT NULL,
              base_step     INTEGER NOT NULL,
              ended_at      INTEGER,
              outcome       TEXT CHECK (outcome IN ('completed', 'skipped', 'failed', 'interrupted')),
              end_step      INTEGER,
              row_count     INTEGER,
              trained       INTEGER,
              rejected      INTEGER,
              held_out      INTEGER,
              first_loss    REAL,
              last_loss     REAL,
              error_type    TEXT,
              error_message TEXT,
              PRIMARY KEY (file_id, number, began_at),
              CHECK ((ended_at IS NULL) = (outcome IS NULL))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX attempt_in_order ON attempt (began_at);

            CREATE TABLE evaluation (
              id                INTEGER PRIMARY KEY,
              segment_id        INTEGER NOT NULL,
              global_step       INTEGER NOT NULL,
              at                INTEGER NOT NULL,
              occasion          TEXT NOT NULL CHECK (occasion IN ('before', 'during', 'after')),
              file_id           INTEGER NOT NULL,
              file              TEXT NOT NULL,
              subject_id        INTEGER,
              subject           TEXT,
              row_count         INTEGER NOT NULL,
              set_rows          INTEGER NOT NULL,
              cross_entropy     REAL,
              judged            INTEGER NOT NULL,
              right_answers     INTEGER NOT NULL,
              calibration_error REAL,
              took_millis       INTEGER NOT NULL,
              CHECK ((subject_id IS NULL) = (subject IS NULL))
            ) STRICT;
            CREATE INDEX evaluation_in_order ON evaluation (global_step);

            CREATE TABLE preview (
              id               INTEGER PRIMARY KEY,
              segment_id       INTEGER NOT NULL,
              global_step      INTEGER NOT NULL,
              at               INTEGER NOT NULL,
              accuracy_percent REAL NOT NULL,
              matches          INTEGER,
              system_prompt    TEXT,
              prompt           TEXT,
              golden_answer    TEXT,
              model_answer     TEXT
            ) STRICT;
            CREATE INDEX preview_in_order ON preview (global_step);

            CREATE TABLE alert (
              id       INTEGER PRIMARY KEY,
              boot_id  TEXT NOT NULL,
              type     TEXT NOT NULL,
              severity TEXT,
              message  TEXT NOT NULL,
              evidence TEXT,
              remedy   TEXT,
              since    INTEGER NOT NULL,
              until    INTEGER,
              step     INTEGER
            ) STRICT;

            CREATE TABLE thinned (
              stage      INTEGER PRIMARY KEY,
              until_step INTEGER NOT NULL
            ) STRICT;

            CREATE VIEW shown AS
              SELECT id AS segment_id, first_step,
                     coalesce(min(first_step) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
                              9223372036854775807) - 1 AS last_step
              FROM segment
              UNION ALL
              SELECT 0, 0, coalesce((SELECT min(first_step) FROM segment), 9223372036854775807) - 1;
            """;

    private HistorySchema() {}

    /// Makes the tables where there are none, and brings those of an earlier program up to date.
    ///
    /// @throws IllegalStateException if a newer program wrote the database, naming both versions
    static void prepare(Handle handle) {
        int found = version(handle);
        if (found > VERSION) {
            throw newer(found);
        }
        switch (found) {
            case 0 -> make(handle);
            case 1 -> HistoryMigration.fromVersion1(handle);
            case 2 -> HistoryMigration.fromVersion2(handle);
            default -> {} // It is up to date.
        }
    }

    private static void make(Handle handle) {
        // Has to be said while there is no table, and takes effect when the file is written anew.
        handle.execute("PRAGMA auto_vacuum = INCREMENTAL");
        handle.execute("VACUUM");
        handle.useTransaction(h -> {
            h.createScript(STEPS + MARK + MACHINE + EVENTS).execute();
            h.execute("PRAGMA user_version = " + VERSION);
        });
    }

    /// @throws IllegalStateException if the database is of another version, with the remedy
    static void require(Handle handle) {
        int found = version(handle);
        if (found > VERSION) {
            throw newer(found);
        }
        if (found < VERSION) {
            throw new IllegalStateException(
                    "it is of an older stepwell; start this one there once, and it is brought up to date");
        }
    }

    private static IllegalStateException newer(int found) {
        return new IllegalStateException(
                "it has version %d, but this program knows versions up to %d: use a newer stepwell"
                        .formatted(found, VERSION));
    }

    static int version(Handle handle) {
        return handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
    }

    /// A stretch of steps that the weights contain, as far as this is known.
    ///
    /// @param first the first of them
    /// @param last  the last that is not superseded
    record Stretch(long segment, long first, long last) {}

    /// What is not superseded, in the order of the steps.
    static List<Stretch> current(Handle handle) {
        return handle.createQuery("SELECT segment_id, first_step, last_step FROM shown"
                        + " WHERE segment_id > 0 AND first_step <= last_step ORDER BY segment_id")
                .map((rs, _) ->
                        new Stretch(rs.getLong("segment_id"), rs.getLong("first_step"), rs.getLong("last_step")))
                .list();
    }
}
