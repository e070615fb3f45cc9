package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.core.history.HistoryReader.Extent;
import dev.stepwell.core.io.SqliteFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Histories as older programs made them: two processes, of which the first was killed at step 12 and had saved step
/// 10.
class HistoryMigrationTest {
    private static final String VERSION_1 = """
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

            INSERT INTO segment VALUES (1, 'first', 1001, 1), (2, 'second', 2011, 11);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
              INSERT INTO step SELECT 1, i, 1000 + i, 1.0 / i, 0.0002, 0.5, 1000, 100000000 FROM n;
            INSERT INTO step VALUES (2, 11, 2011, 7.0, 0.0002, NULL, 1000, 100000000);
            INSERT INTO mark VALUES
              ('file', 0, 1000, 'a.jsonl', NULL), ('checkpoint', 10, 1010, NULL, NULL),
              ('preview', 5, 1005, NULL, 50.0), ('preview', 10, 1010, NULL, 75.0), ('preview', 11, 2011, NULL, 80.0);
            PRAGMA user_version = 1;
            """;

    private static final String VERSION_2 = VERSION_1 + """
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
            INSERT INTO machine VALUES (9, 1009, 12.5, 1, 2, 3, NULL, NULL);
            PRAGMA user_version = 2;
            """;

    @TempDir
    Path folder;

    @Test
    void nothingOfAHistoryOfVersion1IsLostAndItIsGoneOnWith() {
        make(VERSION_1);

        goOn();

        try (HistoryReader reader = HistoryReader.open(database())) {
            shown(reader);
        }
        assertThat(schema(database())).isEqualTo(schemaOfANewOne());
    }

    @Test
    void nothingOfAHistoryOfVersion2IsLostAndItIsGoneOnWith() {
        make(VERSION_2);

        goOn();

        try (HistoryReader reader = HistoryReader.open(database())) {
            shown(reader);
            assertThat(reader.curve(Metric.CPU, 0, 99).values()).containsExactly(12.5);
        }
        assertThat(schema(database())).isEqualTo(schemaOfANewOne());
    }

    private static void shown(HistoryReader reader) {
        assertThat(reader.extent()).contains(new Extent(1, 12));
        assertThat(reader.curve(Metric.LOSS, 9, 99).values()).containsExactly(1 / 9.0, 0.1, 7, 0.1);
        assertThat(reader.marks(Mark.Kind.FILE, 0, 99)).containsExactly(new Mark(Mark.Kind.FILE, 0, 1000, "a.jsonl"));
        assertThat(reader.marks(Mark.Kind.CHECKPOINT, 0, 99)).hasSize(1);
        assertThat(reader.curve(Metric.ACCURACY, 0, 99).steps()).containsExactly(5, 10, 11);
        assertThat(reader.curve(Metric.ACCURACY, 0, 99).values()).containsExactly(50, 75, 80);
        assertThat(reader.events().previews(0, 99))
                .extracting(PastPreview::file, PastPreview::answers)
                .as("texts were not kept")
                .containsOnly(tuple("a.jsonl", null));
        assertThat(reader.events().runs(9))
                .containsExactly(
                        run("first", 1001, 1012),
                        run("second", 2011, 2011),
                        new RunRecord("third", "1.2.3", at(3000), at(3012), null, null, null));
    }

    private static RunRecord run(String bootId, long startedAt, long seenAt) {
        return new RunRecord(bootId, null, at(startedAt), at(seenAt), at(seenAt), RunRecord.Ending.UNKNOWN, null);
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    @Test
    void whatIsOfAnOlderProgramIsNotChangedByWhoOnlyReadsItAndSaysWhatToDo() {
        make(VERSION_2);

        assertThatIllegalStateException()
                .isThrownBy(() -> HistoryReader.open(database()))
                .withMessageContaining(database().toString())
                .withMessageContaining("start this one there once");
        try (Handle handle = SqliteFile.openToRead(database())) {
            assertThat(HistorySchema.version(handle)).isEqualTo(2);
        }
    }

    @Test
    void whatIsOfANewerProgramIsRefusedByBothNumbers() {
        try (Handle handle = SqliteFile.open(database(), SqliteFile.Durability.PROCESS)) {
            handle.execute("PRAGMA user_version = 99");
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> Histories.open(database(), "one"))
                .withMessageContainingAll("99", "3", "newer");
        assertThatIllegalStateException()
                .isThrownBy(() -> HistoryReader.open(database()))
                .withMessageContainingAll("99", "3", "newer");
    }

    private void make(String script) {
        try (Handle handle = SqliteFile.open(database(), SqliteFile.Durability.PROCESS)) {
            handle.createScript(script).execute();
        }
    }

    private void goOn() {
        try (RunHistory history = Histories.open(database(), Histories.keeping("third", at(3000), Long.MAX_VALUE))) {
            history.step(12, Histories.step(12, 0.1), at(3012));
        }
    }

    private List<String> schemaOfANewOne() {
        Path fresh = folder.resolve("fresh.db");
        Histories.open(fresh, "one").close();
        return schema(fresh);
    }

    private static List<String> schema(Path database) {
        try (Handle handle = SqliteFile.openToRead(database)) {
            assertThat(HistorySchema.version(handle)).isEqualTo(HistorySchema.VERSION);
            return handle.createQuery("SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema"
                            + " ORDER BY type, name")
                    .mapTo(String.class)
                    .list();
        }
    }

    private Path database() {
        return folder.resolve("history.db");
    }
}
