package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.torch.checkpoint.CheckpointAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What must be true of a base directory when all of [Coursework] is trained, however often its daemons were
/// killed.
final class Aftermath {
    private static final String LEDGERS = """
            SELECT f.name, f.state, l.row_count, l.rejected, l.trained, l.remaining, a.number, a.base_step, a.end_step, a.outcome
            FROM file f LEFT JOIN attempt a ON a.file_id = f.id LEFT JOIN row_ledger l ON l.attempt_id = a.id
            ORDER BY f.id, a.id""";

    private Aftermath() {}

    /// @param model what an undisturbed run made
    static void judge(Workshop workshop, Map<String, String> model) throws IOException, SQLException {
        files(workshop);
        ledgers(workshop);
        nothingStray(workshop.root());
        assertThat(CheckpointAudit.of(workshop.root().resolve("current_model")))
                .isNotEmpty()
                .allSatisfy(checked -> assertThat(checked.fault()).isNull());
        assertThat(Coursework.model(workshop.root())).isEqualTo(model);
    }

    /// Every file lies in the archive as it was dropped, with a report whose rows sum to the file's.
    private static void files(Workshop workshop) throws IOException {
        List<JsonNode> reports = workshop.reports("archive");
        assertThat(reports).hasSize(Coursework.FILES);
        for (int number = 1; number <= Coursework.FILES; number++) {
            JsonNode report = reports.get(number - 1);
            JsonNode rows = report.get("rows");
            assertThat(report.get("file").get("name").asString()).isEqualTo(Coursework.name(number));
            assertThat(rows.get("total").asInt())
                    .isEqualTo(Coursework.lines(number).size());
            assertThat(rows.get("rejected").asInt()).isEqualTo(Coursework.rejected(number));
            assertThat(rows.get("trained").asInt() + rows.get("rejected").asInt())
                    .isEqualTo(rows.get("total").asInt());
            assertThat(report.get("training").get("steps").asInt()).isEqualTo(Coursework.steps(number));
            Path file = workshop.root()
                    .resolve("archive")
                    .resolve(report.get("file").get("stored_name").asString());
            assertThat(Files.readAllLines(file)).isEqualTo(Coursework.lines(number));
        }
        assertThat(names(workshop.root().resolve("inbox"))).isEmpty();
        assertThat(names(workshop.root().resolve("queue"))).isEmpty();
        assertThat(names(workshop.root().resolve("failed"))).isEmpty();
    }

    /// The database says the same; one attempt a file, each from where the last one ended, none missing, none
    /// twice.
    private static void ledgers(Workshop workshop) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + workshop.root().resolve("stepwell.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LEDGERS)) {
            int step = 0;
            for (int number = 1; number <= Coursework.FILES; number++) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("name")).isEqualTo(Coursework.name(number));
                assertThat(row.getString("state")).isEqualTo("completed");
                assertThat(row.getString("outcome")).isEqualTo("completed");
                assertThat(row.getInt("number")).isEqualTo(number);
                assertThat(row.getInt("trained") + row.getInt("rejected")).isEqualTo(row.getInt("row_count"));
                assertThat(row.getInt("remaining")).isZero();
                assertThat(row.getInt("base_step")).isEqualTo(step);
                step += Coursework.steps(number);
                assertThat(row.getInt("end_step")).isEqualTo(step);
            }
            assertThat(row.next()).as("one attempt a file").isFalse();
        }
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:sqlite:" + workshop.root().resolve("stepwell.db"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    private static void nothingStray(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            assertThat(all.map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith(".")
                                    || name.endsWith(".tmp")
                                    || name.endsWith(".part")
                                    || name.startsWith("passed-over")))
                    .as("stray files")
                    .isEmpty();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// Whatever was shown, through all lives of the daemon: N and M of the drain never went back, and a file's
    /// base step stayed what it was.
    static void judgeShown(List<JsonNode> shown) {
        JsonNode before = null;
        for (JsonNode now : shown) {
            if (now.get("batch_number").isNull()) {
                continue;
            }
            if (before != null) {
                long n = before.get("batch_number").asLong();
                assertThat(now.get("batch_number").asLong()).isGreaterThanOrEqualTo(n);
                assertThat(now.get("batch_queue_size").asLong())
                        .as("%s%nthen%n%s", before, now)
                        .isGreaterThanOrEqualTo(before.get("batch_queue_size").asLong());
                if (now.get("batch_number").asLong() == n) {
                    assertThat(base(now)).as("%s%nthen%n%s", before, now).isEqualTo(base(before));
                }
            }
            before = now;
        }
    }

    private static long base(JsonNode status) {
        return status.get("current_step").asLong() - status.get("batch_step").asLong();
    }
}
