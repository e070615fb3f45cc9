package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.progress.Backlog;
import dev.stepwell.core.training.RowLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases of older programs: one as version 1 made it, with a file in each state.
class SchemaMigrationTest {
    private static final String VERSION_1 = """
            CREATE TABLE drain (id INTEGER PRIMARY KEY, began_at INTEGER NOT NULL, ended_at INTEGER) STRICT;
            CREATE UNIQUE INDEX drain_open ON drain ((ended_at IS NULL)) WHERE ended_at IS NULL;
            CREATE TABLE file (
              id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, stored_name TEXT NOT NULL,
              source TEXT NOT NULL, bytes INTEGER NOT NULL, modified_at INTEGER NOT NULL,
              state TEXT NOT NULL CHECK (state IN
                ('taking', 'waiting', 'training', 'interrupted', 'completed', 'failed')),
              priority INTEGER NOT NULL, arrival_group INTEGER NOT NULL, natural_key BLOB NOT NULL,
              arrived_at INTEGER NOT NULL, row_count INTEGER, rejected INTEGER, truncated INTEGER,
              planned_steps INTEGER, error_type TEXT, error_message TEXT,
              turn INTEGER GENERATED ALWAYS AS
                (CASE state WHEN 'interrupted' THEN 0 WHEN 'waiting' THEN 1 END) VIRTUAL
            ) STRICT;
            CREATE INDEX file_turn ON file (turn, priority, arrival_group, natural_key, id) WHERE turn IS NOT NULL;
            CREATE INDEX file_unsettled ON file (state) WHERE state NOT IN ('completed', 'failed');
            CREATE TABLE attempt (
              id INTEGER PRIMARY KEY, file_id INTEGER NOT NULL REFERENCES file ON DELETE CASCADE,
              drain_id INTEGER NOT NULL REFERENCES drain, number INTEGER NOT NULL CHECK (number >= 1),
              began_at INTEGER NOT NULL, ended_at INTEGER, outcome TEXT CHECK (outcome IN ('completed', 'failed')),
              base_step INTEGER NOT NULL, end_step INTEGER, first_loss REAL, last_loss REAL, epochs INTEGER,
              UNIQUE (drain_id, number), CHECK ((ended_at IS NULL) = (outcome IS NULL))
            ) STRICT;
            CREATE INDEX attempt_of_file ON attempt (file_id);
            CREATE TABLE row_ledger (
              attempt_id INTEGER PRIMARY KEY REFERENCES attempt ON DELETE CASCADE, row_count INTEGER NOT NULL,
              rejected INTEGER NOT NULL, truncated INTEGER NOT NULL, rows_trained INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE row_rejection (
              file_id INTEGER NOT NULL REFERENCES file ON DELETE CASCADE, position INTEGER NOT NULL,
              line INTEGER NOT NULL, column_number INTEGER NOT NULL, reason TEXT NOT NULL,
              PRIMARY KEY (file_id, position)
            ) STRICT, WITHOUT ROWID;

            INSERT INTO drain VALUES (1, 1000, NULL);
            INSERT INTO file (id, name, stored_name, source, bytes, modified_at, state, priority, arrival_group,
                              natural_key, arrived_at, row_count, rejected, truncated, planned_steps, error_type,
                              error_message) VALUES
              (1, 'a.jsonl', '1__a.jsonl', 'a.jsonl', 9, 5, 'completed', 1, 1, x'01', 1000, 10, 2, 0, 4, NULL, NULL),
              (2, 'b.jsonl', '2__b.jsonl', 'b.jsonl', 9, 5, 'failed', 1, 1, x'02', 1000, 3, 0, 0, 2, 'NonFiniteLoss',
               'the loss was NaN'),
              (3, 'c.jsonl', '3__c.jsonl', 'c.jsonl', 9, 5, 'interrupted', 1, 1, x'03', 1000, 6, 0, 0, 3, NULL, NULL),
              (4, 'd.jsonl', '4__d.jsonl', 'd.jsonl', 9, 5, 'waiting', 0, 1, x'04', 1000, 8, 0, 0, 4, NULL, NULL);
            DELETE FROM file WHERE id = 9;
            UPDATE sqlite_sequence SET seq = 9 WHERE name = 'file';
            INSERT INTO attempt VALUES
              (1, 1, 1, 1, 1000, 2000, 'completed', 0, 4, 2.5, 1.5, 2),
              (2, 2, 1, 2, 2000, 3000, 'failed', 4, 4, NULL, NULL, NULL),
              (3, 3, 1, 3, 3000, NULL, NULL, 4, 5, 1.25, 1.0, 1);
            INSERT INTO row_ledger VALUES (1, 10, 2, 1, 16), (2, 3, 0, 0, 0), (3, 6, 0, 0, 2);
            INSERT INTO row_rejection VALUES (1, 0, 4, 1, 'empty line'), (1, 1, 7, 3, 'not JSON');
            PRAGMA user_version = 1;
            """;

    @TempDir
    Path root;

    private BaseDirectory base;

    @BeforeEach
    void makeOldDatabase() throws IOException {
        base = new BaseDirectory(root);
        base.create();
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            handle.createScript(VERSION_1).execute();
        }
        Files.writeString(base.queue().resolve("3__c.jsonl"), "1\n2\n3\n4\n5\n6\n");
        Files.writeString(base.queue().resolve("4__d.jsonl"), "1\n");
    }

    @Test
    void nothing_is_lost_and_the_drain_goes_on_where_it_was() throws IOException {
        try (Workplace place = new Workplace(root, QueuePolicy.DEFAULT)) {
            assertThat(place.recover()).isEmpty();
            assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
            assertThat(place.store.counts().waitingSteps()).isEqualTo(4);
            assertThat(place.store.rejections(1)).hasSize(2);
            Claim third = place.claim();
            assertThat(third.file().name()).isEqualTo("c.jsonl");
            assertThat(third.resumed()).isTrue();
            assertThat(third.number()).isEqualTo(3);
            assertThat(third.queueSize()).isEqualTo(4);
            assertThat(third.earlier()).isEqualTo(new AttemptMeasures(4, 1.25, 1.0, 1));
            List<AttemptRecord> completed = place.store.history(1);
            assertThat(completed).singleElement().satisfies(a -> {
                assertThat(a.outcome()).isEqualTo("completed");
                assertThat(a.stepsKept()).isEqualTo(4);
                assertThat(a.rows()).hasSize(2).allSatisfy(e -> {
                    assertThat(e.trained()).isEqualTo(8);
                    assertThat(e.trained() + e.left() + e.rejected()).isEqualTo(10);
                });
            });
            assertThat(place.store.history(2))
                    .singleElement()
                    .satisfies(a ->
                            assertThat(a.error()).isEqualTo(new FileReport.Cause("NonFiniteLoss", "the loss was NaN")));
            assertThat(place.store.newestId())
                    .describedAs("ids are never given twice")
                    .isEqualTo(9);
        }
    }

    @Test
    void the_new_tables_are_those_of_a_new_database_and_refer_to_each_other(@TempDir Path elsewhere) {
        QueueStore.open(base.database(), new TestClock()).close();
        Path fresh = elsewhere.resolve("stepwell.db");
        QueueStore.open(fresh, new TestClock()).close();
        try (Handle migrated = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS);
                Handle made = SqliteFile.open(fresh, SqliteFile.Durability.POWER_LOSS)) {
            assertThat(schema(migrated)).isEqualTo(schema(made));
            assertThat(migrated.createQuery("PRAGMA foreign_key_check")
                            .mapToMap()
                            .list())
                    .isEmpty();
            assertThat(migrated.createQuery("PRAGMA foreign_keys")
                            .mapTo(int.class)
                            .one())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_database_of_version_2_gets_what_it_lacks_and_keeps_what_it_has() throws IOException {
        List<String> newest = agedBy(
                "ALTER TABLE attempt DROP COLUMN deaths",
                "ALTER TABLE attempt DROP COLUMN death_step",
                "ALTER TABLE file DROP COLUMN format",
                "ALTER TABLE file DROP COLUMN held_out",
                "ALTER TABLE file DROP COLUMN expected_tokens",
                "PRAGMA user_version = 2");
        try (Workplace place = new Workplace(root, QueuePolicy.DEFAULT)) {
            assertThat(place.recover()).isEmpty();
            Claim third = place.claim();
            assertThat(third.number()).isEqualTo(3);
            assertThat(third.deaths()).isZero();
            assertThat(place.store.history(2)).hasSize(1);
        }
        assertUpToDate(newest);
    }

    @Test
    void a_database_of_version_3_does_not_know_what_rows_are_until_they_are_counted_anew() throws IOException {
        List<String> newest = agedBy(
                "ALTER TABLE file DROP COLUMN format",
                "ALTER TABLE file DROP COLUMN held_out",
                "ALTER TABLE file DROP COLUMN expected_tokens",
                "PRAGMA user_version = 3");
        try (Workplace place = new Workplace(root, QueuePolicy.DEFAULT)) {
            assertThat(place.recover()).isEmpty();
            assertThat(place.store.find(1).orElseThrow().rows())
                    .isNotNull()
                    .extracting(QueuedFile.Rows::format)
                    .isNull();
        }
        assertUpToDate(newest);
    }

    @Test
    void of_the_files_in_a_database_of_version_4_nothing_was_held_out() throws IOException {
        QueueStore.open(base.database(), new TestClock()).close();
        List<String> newest;
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            newest = schema(handle);
            handle.execute("ALTER TABLE file DROP COLUMN held_out");
            handle.execute("ALTER TABLE file DROP COLUMN expected_tokens");
            handle.execute("ALTER TABLE row_ledger RENAME TO newer");
            handle.execute("""
                    CREATE TABLE row_ledger (
                      attempt_id INTEGER NOT NULL REFERENCES attempt ON DELETE CASCADE,
                      epoch INTEGER NOT NULL CHECK (epoch >= 0), row_count INTEGER NOT NULL, trained INTEGER NOT NULL,
                      remaining INTEGER NOT NULL, rejected INTEGER NOT NULL, truncated INTEGER NOT NULL,
                      PRIMARY KEY (attempt_id, epoch), CHECK (trained + remaining + rejected = row_count)
                    ) STRICT, WITHOUT ROWID""");
            handle.execute("INSERT INTO row_ledger SELECT attempt_id, epoch, row_count, trained, remaining, rejected,"
                    + " truncated FROM newer");
            handle.execute("DROP TABLE newer");
            handle.execute("PRAGMA user_version = 4");
        }
        try (Workplace place = new Workplace(root, QueuePolicy.DEFAULT)) {
            assertThat(place.recover()).isEmpty();
            assertThat(place.store.find(1).orElseThrow().rows())
                    .isEqualTo(new QueuedFile.Rows(10, 0, 2, 0, 4, 0, null, null));
            assertThat(place.store.history(1).getFirst().rows())
                    .containsExactly(
                            new RowLedger.Epoch(0, 10, 8, 0, 0, 2, 1), new RowLedger.Epoch(1, 10, 8, 0, 0, 2, 1));
        }
        assertUpToDate(newest);
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            assertThat(handle.createQuery("SELECT held_out FROM file")
                            .mapTo(Integer.class)
                            .list())
                    .containsOnly(0);
        }
    }

    @Test
    void of_the_files_in_a_database_of_version_5_no_tokens_are_expected() throws IOException {
        List<String> newest = agedBy("ALTER TABLE file DROP COLUMN expected_tokens", "PRAGMA user_version = 5");
        try (Workplace place = new Workplace(root, QueuePolicy.DEFAULT)) {
            assertThat(place.recover()).isEmpty();
            assertThat(place.store.counts().backlog()).isEqualTo(new Backlog(1, 4, 9, 0));
        }
        assertUpToDate(newest);
    }

    /// A database of today, taken back to what it was.
    ///
    /// @return the tables of today
    private List<String> agedBy(String... statements) {
        QueueStore.open(base.database(), new TestClock()).close();
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            List<String> newest = schema(handle);
            for (String statement : statements) {
                handle.execute(statement);
            }
            return newest;
        }
    }

    /// The tables are those of a new database.
    private void assertUpToDate(List<String> newest) {
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            assertThat(QueueSchema.version(handle)).isEqualTo(QueueSchema.VERSION);
            assertThat(schema(handle))
                    .usingElementComparator((a, b) -> words(a).compareTo(words(b)))
                    .isEqualTo(newest);
        }
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ").replace(" ,", ",");
    }

    @Test
    void a_reader_does_not_change_it_and_says_what_to_do() {
        assertThatThrownBy(() -> QueueReader.open(base).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("older stepwell");
        try (Handle handle = SqliteFile.open(base.database(), SqliteFile.Durability.POWER_LOSS)) {
            assertThat(QueueSchema.version(handle)).isEqualTo(1);
        }
    }

    private static List<String> schema(Handle handle) {
        return handle.createQuery("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema"
                        + " ORDER BY type, name")
                .mapTo(String.class)
                .list();
    }
}
