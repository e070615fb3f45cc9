package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real daemon of whose files a fifth is held out.
class HeldOutDaemonTest {
    private static final int FILES = 2;
    private static final int ROWS = 400;
    private static final HoldOut HOLD_OUT = new HoldOut(42, 20);

    @TempDir
    Path folder;

    /// What it learns is bit for bit what a daemon learns whose files lack these rows.
    @Test
    void aKilledDaemonTrainsAllRowsButThoseThatAreHeldOut() throws Exception {
        Workshop without = Workshop.in(folder.resolve("without"));
        Workshop killed = Workshop.in(folder.resolve("killed"));
        killed.configure("held_out_percent", "20");
        for (int file = 1; file <= FILES; file++) {
            without.drop(name(file), lines(file, false));
            List<String> all = new ArrayList<>(lines(file, false));
            all.addAll(file % ROWS, lines(file, true)); // Where in the file they stand makes no difference.
            killed.drop(name(file), all);
        }
        assertThat(without.stepwell("run", "--once").exitCode()).isZero();

        Process process = killed.process("run");
        RunningDaemon.awaitStatus(
                killed,
                s -> s.get("batch_number").asInt() == 2 && s.get("batch_step").asInt() >= 9);
        process.destroyForcibly().waitFor();
        Path config = killed.root().resolve("config.json");
        String changed = Files.readString(config).replace("\"held_out_percent\": 20", "\"held_out_percent\": 0");
        Files.writeString(config, changed); // For files that are begun from now on.
        Workshop.Ran successor = killed.stepwell("run", "--once");
        assertThat(successor.exitCode()).as(successor.err()).isZero();

        assertThat(newestWeights(killed)).isEqualTo(newestWeights(without));
        List<JsonNode> reports = killed.reports("archive");
        assertThat(reports).hasSize(FILES);
        for (int file = 1; file <= FILES; file++) {
            JsonNode rows = reports.get(file - 1).get("rows");
            int heldOut = lines(file, true).size();
            assertThat(rows.get("total").asInt()).isEqualTo(ROWS);
            assertThat(rows.get("held_out").asInt()).isEqualTo(heldOut).isPositive();
            assertThat(rows.get("usable").asInt()).isEqualTo(ROWS - heldOut);
            assertThat(rows.get("trained").asInt()).isEqualTo(ROWS - heldOut);
            assertThat(asked(killed, file)).isEqualTo(lines(file, true));
        }
        assertThat(killed.status().get("fixed_eval_set_rows").asInt())
                .isEqualTo(IntStream.rangeClosed(1, FILES)
                        .map(file -> lines(file, true).size())
                        .sum());
        assertThat(killed.stepwell("show", "1").out())
                .contains("400 = %d usable + %d held out + 0 rejected"
                        .formatted(lines(1, false).size(), lines(1, true).size()))
                .contains("%d trained + %d held out + 0 rejected + 0 left = 400 rows"
                        .formatted(lines(1, false).size(), lines(1, true).size()));
        assertThat(without.stepwell("show", "1").out()).doesNotContain("held out");
    }

    @Test
    void aFileOfWhichEveryRowIsHeldOutIsCompletedAndTheNextOneTrained() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.configure("held_out_percent", "20");
        workshop.drop("a.jsonl", lines(1, true));
        workshop.drop("b.jsonl", lines(2, false));
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();

        List<JsonNode> reports = workshop.reports("archive");
        assertThat(reports)
                .extracting(report -> report.get("outcome").asString())
                .containsExactly("completed", "completed");
        assertThat(reports.getFirst().at("/rows/trained").asInt()).isZero();
        assertThat(reports.getFirst().at("/rows/held_out"))
                .isEqualTo(reports.getFirst().at("/rows/total"));
        assertThat(workshop.status().get("current_step").asInt())
                .isEqualTo(Math.ceilDiv(lines(2, false).size(), Workshop.ROWS_PER_STEP));
        assertThat(asked(workshop, 1)).isEqualTo(lines(1, true));
        assertThat(workshop.stepwell("history").exitCode()).isZero();
        assertThat(workshop.stepwell("list", "--all").out()).contains("a.jsonl");
    }

    @Test
    void checkSaysHowManyRowsWouldBeHeldOut() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        List<String> all = new ArrayList<>(lines(1, false));
        all.addAll(lines(1, true));
        Path file = Files.write(folder.resolve("a.jsonl"), all);
        assertThat(workshop.stepwell("check", file.toString()).out()).contains("rows       400, all usable");

        workshop.configure("held_out_percent", "20");
        int heldOut = lines(1, true).size();
        assertThat(workshop.stepwell("check", file.toString()).out())
                .contains("rows       400: %d usable, %d held out, 0 refused".formatted(ROWS - heldOut, heldOut));
        JsonNode json = JsonMapper.shared()
                .readTree(workshop.stepwell("check", "--json", file.toString()).out());
        assertThat(json.get("held_out").asInt()).isEqualTo(heldOut);
        assertThat(json.get("usable").asInt()).isEqualTo(ROWS - heldOut);

        Path validation = Files.createDirectories(workshop.root().resolve("validation"));
        Path asked = Files.write(validation.resolve("a.jsonl"), all);
        assertThat(workshop.stepwell("check", asked.toString()).out()).contains("rows       400, all usable");
    }

    private static String name(int file) {
        return "part_%d.jsonl".formatted(file);
    }

    /// The rows of a file on one side, in order.
    private static List<String> lines(int file, boolean heldOut) {
        return IntStream.range(0, ROWS)
                .filter(i -> HOLD_OUT.holds(new Row.PromptCompletion(prompt(file, i), completion(i))) == heldOut)
                .mapToObj(i -> line(prompt(file, i), completion(i)))
                .toList();
    }

    private static String prompt(int file, int row) {
        return "%s %d is ".formatted(name(file), row);
    }

    private static String completion(int row) {
        return Integer.toString(row % 7);
    }

    private static String line(String prompt, String completion) {
        return "{\"prompt\": \"%s\", \"completion\": \"%s\"}".formatted(prompt, completion);
    }

    private static List<String> asked(Workshop workshop, int file) throws IOException {
        JsonNode document = JsonMapper.shared()
                .readTree(Files.readAllBytes(workshop.root().resolve("held_out/%d.json".formatted(file))));
        return document.get("rows")
                .valueStream()
                .map(row -> line(
                        row.get("prompt").asString(), row.get("goldenAnswer").asString()))
                .toList();
    }

    private static byte[] newestWeights(Workshop workshop) throws IOException {
        long step = workshop.status().get("current_step").asLong();
        return Files.readAllBytes(
                workshop.root().resolve("current_model/checkpoint-%d/model.safetensors".formatted(step)));
    }
}
