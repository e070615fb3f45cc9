package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop.Ran;
import dev.stepwell.core.io.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `history` and `report` on what a real daemon left, and on what one is writing.
class HistoryCommandsTest {
    private static final List<String> ROWS = List.of(
            "{\"prompt\": \"a\", \"completion\": \"b\"}",
            "no row",
            "{\"prompt\": \"c\", \"completion\": \"d\"}",
            "{\"prompt\": \"e\", \"completion\": \"f\"}");

    @TempDir
    private Path folder;

    @Test
    void whatWasTrainedIsInTheHistoryAndInTheReport() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("first.jsonl", 12);
        workshop.drop("second <b>.jsonl", ROWS);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();

        Ran history = workshop.stepwell("history");
        assertThat(history.exitCode()).isZero();
        assertThat(history.out())
                .containsPattern("1 +24 +0 +\\d+\\.\\d\\d→\\d+\\.\\d\\d .*completed +first\\.jsonl")
                .containsPattern("2 +3 +1 .*completed +second <b>\\.jsonl")
                .containsPattern("completed +\\S");
        JsonNode json = JsonMapper.shared()
                .readTree(workshop.stepwell("history", "--file", "2", "--json").out());
        assertThat(json.at("/files").size()).isEqualTo(1);
        assertThat(json.at("/files/0/rejected").asInt()).isEqualTo(1);
        assertThat(json.at("/files/0/base_step").asInt()).isEqualTo(12);
        assertThat(json.at("/files/0/end_step").asInt()).isEqualTo(14);

        Path report = folder.resolve("report.html");
        Ran written = workshop.stepwell("report", "-o", report.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(Files.readString(report))
                .contains("second &lt;b&gt;.jsonl", "steps 1 to 14", "Rows that were refused", "<td class=\"n\">2</td>")
                .contains("<h3>Step 10");
        assertThat(workshop.stepwell("report", "--file", "1", "-o", "-").out())
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>first.jsonl</h1>");
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 2);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Path mine = Files.writeString(folder.resolve("mine.html"), "mine");

        Ran refused = workshop.stepwell("report", "-o", mine.toString());
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("mine.html", "--force");
        assertThat(mine).hasContent("mine");

        assertThat(workshop.stepwell("report", "--force", "-o", mine.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(mine)).startsWith("<!DOCTYPE html>");
        assertThat(workshop.stepwell("report", "-o", folder.toString()).err()).contains("is a folder");
        assertThat(workshop.stepwell("report", "-o", folder.resolve("no/r.html").toString())
                        .err())
                .contains("there is no folder");
    }

    @Test
    void whereThereIsNothingItSaysWhatToDo() throws IOException {
        Workshop workshop = Workshop.in(folder);

        for (String command : List.of("history", "report")) {
            Ran none = command.equals("report") ? workshop.stepwell(command, "-o", "-") : workshop.stepwell(command);
            assertThat(none.exitCode()).isEqualTo(3);
            assertThat(none.err()).contains("nothing has run in", "./stepwell run");
        }
        Files.writeString(folder.resolve("history.db"), "no database at all".repeat(100));
        assertThat(workshop.stepwell("history").err()).contains("history.db", "move it away");
        assertThat(workshop.stepwell("history", "--limit", "-1").exitCode()).isEqualTo(2);
        assertThat(workshop.stepwell("report").err()).contains("--output");
    }

    @Test
    void whileADaemonTrainsItIsReadAndSaidSo() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("long.jsonl", 20_000);
        Process daemon = workshop.process("run", "--no-web");
        try {
            RunningDaemon.await(folder, () -> workshop.stepwell("history").out().contains("training  long.jsonl"));

            assertThat(workshop.stepwell("history").out()).containsPattern("– +running");
            assertThat(workshop.stepwell("history", "--file", "9").err()).contains("no file of the number 9");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    @Test
    void whatTheQueueKnowsOfAttemptsBeforeThereWasThisHistoryIsToldAtTheNextStart() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("a.jsonl", ROWS);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        String before = workshop.stepwell("history", "--file", "1").out();
        try (Handle handle = SqliteFile.open(folder.resolve("history.db"), SqliteFile.Durability.PROCESS)) {
            handle.execute("DELETE FROM attempt");
        }
        assertThat(workshop.stepwell("history").out()).contains("No file was trained yet");

        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();

        assertThat(workshop.stepwell("history", "--file", "1").out()).isEqualTo(before);
    }
}
