package dev.stepwell.core.queue;

import org.jdbi.v3.core.Handle;

/// The tables of the queue, and their version.
///
/// ```
///  drain 1 ──── * attempt * ──── 1 file 1 ──── * row_rejection
///                    1
///                    └──── * row_ledger, one for each epoch
/// ```
///
/// N of a drain is the `number` of its newest attempt. Times are milliseconds since 1970, UTC.
final class QueueSchema {
    /// Kept in SQLite's `user_version`; 0 is a database without tables.
    static final int VERSION = 6;

    static final String ROW_LEDGER = """
            CREATE TABLE row_ledger (
              attempt_id INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
              epoch      INTEGER NOT NULL CHECK (epoch >= 0),
              row_count  INTEGER NOT NULL,
              trained    INTEGER NOT NULL,
              remaining  INTEGER NOT NULL,
              rejected   INTEGER NOT NULL,
              truncated  INTEGER NOT NULL,
              held_out   INTEGER NOT NULL,
              PRIMARY KEY (attempt_id, epoch),
              CHECK (trained + remaining + held_out + rejected = row_count)
            ) STRICT, WITHOUT ROWID;
            """;

    static final String TABLES = """
            CREATE TABLE drain (
              id       INTEGER PRIMARY KEY,
              began_at INTEGER NOT NULL,
              ended_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX drain_open ON drain ((ended_at IS NULL)) WHERE ended_at IS NULL;

            CREATE TABLE file (
              id            INTEGER PRIMARY KEY AUTOINCREMENT,
              name          TEXT NOT NULL,
              stored_name   TEXT NOT NULL,
              source        TEXT NOT NULL,
              bytes         INTEGER NOT NULL,
              modified_at   INTEGER NOT NULL,
              state         TEXT NOT NULL CHECK (state IN
                              ('taking', 'waiting', 'held', 'training', 'interrupted',
                               'completed', 'skipped', 'failed', 'removed')),
              priority      INTEGER NOT NULL,
              arrival_group INTEGER NOT NULL,
              natural_key   BLOB NOT NULL,
              arrived_at    INTEGER NOT NULL,
              row_count     INTEGER,
              rejected      INTEGER,
              truncated     INTEGER,
              planned_steps INTEGER,
              sha256        TEXT,
              error_type    TEXT,
              error_message TEXT,
              failures      INTEGER NOT NULL DEFAULT 0,
              failed_at     INTEGER,
              ready_at      INTEGER NOT NULL DEFAULT 0,
              held_reason   TEXT CHECK (held_reason IN ('by_hand', 'duplicate')),
              duplicate_of  INTEGER REFERENCES file ON DELETE SET NULL,
              settled_at    INTEGER,
              turn          INTEGER GENERATED ALWAYS AS
                              (CASE WHEN state = 'interrupted' THEN 0
                                    WHEN state = 'waiting' AND failures = 0 THEN 1
                                    WHEN state = 'waiting' THEN 2 END) VIRTUAL,
              format        TEXT,
              held_out      INTEGER,
              expected_tokens INTEGER,
              CHECK ((state = 'held') = (held_reason IS NOT NULL))
            ) STRICT;
            CREATE INDEX file_turn ON file (turn, ready_at, priority, arrival_group, natural_key, id)
              WHERE turn IS NOT NULL;
            CREATE INDEX file_unsettled ON file (state)
              WHERE state NOT IN ('completed', 'skipped', 'failed', 'removed');
            CREATE INDEX file_pending ON file (state)
              WHERE state NOT IN ('completed', 'skipped', 'failed', 'removed', 'held');
            CREATE INDEX file_sha256 ON file (sha256, id) WHERE sha256 IS NOT NULL;
            CREATE INDEX file_duplicate ON file (duplicate_of) WHERE duplicate_of IS NOT NULL;

            CREATE TABLE attempt (
              id         INTEGER PRIMARY KEY,
              file_id    INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
              drain_id   INTEGER NOT NULL REFERENCES drain,
              number     INTEGER NOT NULL CHECK (number >= 1),
              began_at   INTEGER NOT NULL,
              ended_at   INTEGER,
              outcome    TEXT CHECK (outcome IN ('completed', 'skipped', 'failed', 'interrupted')),
              base_step  INTEGER NOT NULL,
              end_step   INTEGER,
              first_loss REAL,
              last_loss  REAL,
              epochs     INTEGER,
              error_type    TEXT,
              error_message TEXT,
              deaths     INTEGER NOT NULL DEFAULT 0,
              death_step INTEGER,
              UNIQUE (drain_id, number),
              CHECK ((ended_at IS NULL) = (outcome IS NULL))
            ) STRICT;
            CREATE INDEX attempt_of_file ON attempt (file_id);
            """ + ROW_LEDGER + """
            CREATE TABLE row_rejection (
              file_id       INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
              position      INTEGER NOT NULL,
              line          INTEGER NOT NULL,
              column_number INTEGER NOT NULL,
              reason        TEXT NOT NULL,
              PRIMARY KEY (file_id, position)
            ) STRICT, WITHOUT ROWID;
            """;

    private QueueSchema() {}

    /// Makes the tables where there are none, and brings those of an older program up to date.
    ///
    /// @throws IllegalStateException if a newer program wrote the database, naming both versions
    static void prepare(Handle handle) {
        int found = version(handle);
        if (found > VERSION) {
            throw newer(found);
        }
        switch (found) {
            case 0 ->
                handle.useTransaction(h -> {
                    h.createScript(TABLES).execute();
                    h.execute("PRAGMA user_version = " + VERSION);
                });
            case 1 -> SchemaMigration.fromVersion1(handle);
            case 2 -> SchemaMigration.fromVersion2(handle);
            case 3 -> SchemaMigration.fromVersion3(handle);
            case 4 -> SchemaMigration.fromVersion4(handle);
            case 5 -> SchemaMigration.fromVersion5(handle);
            default -> {} // It is up to date.
        }
    }

    static int version(Handle handle) {
        return handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
    }

    static IllegalStateException newer(int found) {
        return new IllegalStateException(
                "the database has version %d, but this program knows versions up to %d: use a newer stepwell"
                        .formatted(found, VERSION));
    }
}
