package dev.stepwell.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.monitor.terminal.Cells;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HistoryTextTest {
    private static final Instant NOW = Instant.parse("2026-03-03T08:00:00Z");

    @TempDir
    Path root;

    @Test
    void filesRunsAndAlertsAreTablesOfEightyColumns() throws IOException {
        BaseDirectory base = new ExampleLife(10, 50, "").in(root);

        List<String> lines = lines(base, 20, 80);

        assertThat(lines).allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(80));
        assertThat(lines.get(0)).isEqualTo("Files in the order in which they were learnt");
        assertThat(lines.get(1)).isEqualTo("  ID  ROWS  REFUSED  LOSS       EVAL       TOOK  OUTCOME    NAME");
        assertThat(lines.get(2))
                .matches(
                        "   1   200        1  [34]\\.\\d\\d→[23]\\.\\d\\d  1\\.86→1\\.73  20s   completed  lesson_01\\.jsonl");
        assertThat(lines).contains("      NonFiniteLoss: The loss was NaN.");
        assertThat(lines).anyMatch(line -> line.startsWith("  2026-03-02 08:00  2026-03-02 08:13  stopped  1.2.3"));
        assertThat(lines)
                .anyMatch(line -> line.matches("  2026-03-02 08:0\\d  2026-03-02 08:0\\d  warning    203  slow_disk"));
    }

    @Test
    void ofMoreThanTheLimitTheNewestAreShownAndHowToSeeTheRest() throws IOException {
        BaseDirectory base = new ExampleLife(10, 5, "").in(root);

        List<String> lines = lines(base, 3, 80);

        assertThat(lines.get(0))
                .isEqualTo("Files in the order in which they were learnt: the newest 3 of 10; all with --limit 0");
        assertThat(lines.subList(2, 5))
                .extracting(line -> line.substring(line.length() - 15))
                .containsExactly("lesson_08.jsonl", "lesson_09.jsonl", "lesson_10.jsonl");
        assertThat(lines(base, 0, 80))
                .anyMatch(line -> line.endsWith("lesson_01.jsonl"))
                .filteredOn(line -> line.endsWith("12 rows held out, asked and never trained"))
                .hasSize(2);
    }

    @Test
    void throughAPipeNothingIsCutAndNothingRunsInTheTerminal() throws IOException {
        BaseDirectory base = new ExampleLife(1, 5, "\u001b[2J" + "x".repeat(100)).in(root);

        assertThat(String.join("\n", lines(base, 20, Integer.MAX_VALUE)))
                .contains("x".repeat(100) + ".jsonl")
                .doesNotContain("\u001b");
        assertThat(lines(base, 20, 80))
                .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(80));
    }

    @Test
    void whereNoFileWasTrainedItSaysWhatToDo() throws IOException {
        BaseDirectory base = new BaseDirectory(root);
        base.create();
        ExampleLife.open(base, "one", ExampleLife.START).close();

        assertThat(lines(base, 20, 80).getFirst()).contains("inbox/", "./stepwell run");
    }

    @Test
    void anAttemptWithoutAnEndAndARunWithoutAWordAreNotTakenForAlive() throws IOException {
        BaseDirectory base = new BaseDirectory(root);
        base.create();
        try (RunHistory history = ExampleLife.open(base, "killed", ExampleLife.START)) {
            history.attemptBegan(new FileAttempt(1, "a.jsonl", 1, ExampleLife.START, 0), ExampleLife.START);
        }

        assertThat(lines(base, 20, 80))
                .anyMatch(line -> line.contains("not ended  a.jsonl"))
                .anyMatch(line -> line.matches(" +2026-03-02 08:00  – +gone +1\\.2\\.3"));
    }

    @Test
    void asJsonEverythingIsThereUnderItsName() throws IOException {
        BaseDirectory base = new ExampleLife(7, 10, "").in(root);

        JsonNode life;
        try (HistoryReader reader = HistoryReader.open(base.history())) {
            life = JsonMapper.shared().readTree(HistoryJson.pretty(Life.read(base, reader, 0, NOW)));
        }

        assertThat(life.at("/totals/files").asInt()).isEqualTo(7);
        assertThat(life.at("/files/6/outcome").asString()).isEqualTo("failed");
        assertThat(life.at("/files/6/error/type").asString()).isEqualTo("NonFiniteLoss");
        assertThat(life.at("/files/0/trained").asLong()).isEqualTo(40);
        assertThat(life.at("/files/0/evaluation_after/exact_match").asDouble()).isEqualTo(0.275);
        assertThat(life.at("/files/0/lost_from").isNull()).isTrue();
        assertThat(life.at("/runs/0/ending").asString()).isEqualTo("stopped");
        assertThat(life.at("/alerts/0/until").asString()).startsWith("2026-03-02T08:");
    }

    private static List<String> lines(BaseDirectory base, int limit, int columns) {
        try (HistoryReader reader = HistoryReader.open(base.history())) {
            return new HistoryText(columns, ZoneOffset.UTC).lines(Life.read(base, reader, limit, NOW));
        }
    }
}
