package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.export.EventFiles;
import dev.stepwell.app.export.EventFiles.Event;
import dev.stepwell.app.export.EventFiles.Point;
import dev.stepwell.core.history.Curve;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.Mark;
import dev.stepwell.core.history.Metric;
import dev.stepwell.core.history.PastPreview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the real daemon writes for other tools, beside what it keeps of the same run for itself.
class ExportsTest {
    private static final Map<String, Metric> CURVES = Map.of(
            "train/loss", Metric.LOSS,
            "train/learning_rate", Metric.LEARNING_RATE,
            "train/grad_norm", Metric.GRADIENT_NORM,
            "train/tokens_per_sec", Metric.TOKENS_PER_SECOND);

    @TempDir
    Path folder;

    @Test
    void everyFileSaysWhatTheHistorySays() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("lesson_1.jsonl", 12);
        workshop.drop("lesson_2.jsonl", 9);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();

        List<Event> events = EventFiles.of(runs().getFirst());
        try (HistoryReader history = HistoryReader.open(folder.resolve("history.db"))) {
            for (Map.Entry<String, Metric> entry : CURVES.entrySet()) {
                assertSame(EventFiles.kept(events, entry.getKey()), history.curve(entry.getValue(), 0, 99));
            }
            assertSame(EventFiles.kept(events, "eval/preview_accuracy_percent"), history.curve(Metric.ACCURACY, 0, 99));
            assertThat(EventFiles.kept(events, "file"))
                    .extracting(Point::step)
                    .containsExactlyElementsOf(history.marks(Mark.Kind.FILE, 0, 99).stream()
                            .map(Mark::globalStep)
                            .toList());
            assertThat(EventFiles.kept(events, "preview/1"))
                    .extracting(Point::step)
                    .containsExactlyElementsOf(history.events().previews(0, 99).stream()
                            .map(PastPreview::globalStep)
                            .toList());

            List<JsonNode> lines = jsonLines(folder.resolve("logs/trainer_log.jsonl"));
            Curve losses = history.curve(Metric.LOSS, 0, 99);
            assertThat(lines)
                    .extracting(line -> line.get("current_steps").asLong())
                    .containsExactlyElementsOf(
                            Arrays.stream(losses.steps()).boxed().toList());
            assertThat(lines)
                    .extracting(line -> line.get("loss").asDouble())
                    .containsExactlyElementsOf(
                            DoubleStream.of(losses.values()).boxed().toList());
        }
        JsonNode last = jsonLines(folder.resolve("logs/trainer_log.jsonl")).getLast();
        assertThat(last.get("total_steps").asLong()).isEqualTo(21);
        assertThat(last.get("percentage").asDouble()).isEqualTo(100);
        assertThat(last.get("epoch").asDouble()).isEqualTo(1);
        assertThat(last.get("elapsed_time").asString()).matches("\\d+:\\d\\d:\\d\\d");
        assertThat(answers())
                .extracting(answer -> answer.get("step").asLong())
                .containsExactlyElementsOf(EventFiles.kept(events, "preview/1").stream()
                        .map(Point::step)
                        .toList());
        assertThat(answers().getLast().get("file").asString()).isEqualTo("lesson_2.jsonl");
    }

    @Test
    void eachProcessHasARunOfItsOwnAndLogsGoOn() throws Exception {
        Workshop workshop = Workshop.in(folder);
        for (String name : List.of("a.jsonl", "b.jsonl")) {
            workshop.drop(name, 3);
            assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        }
        assertThat(workshop.stepwell("run", "--once").exitCode())
                .as("has nothing to tell")
                .isZero();

        assertThat(runs()).hasSize(2);
        assertThat(EventFiles.kept(EventFiles.of(runs().getLast()), "train/loss"))
                .extracting(Point::step)
                .containsExactly(4L, 5L, 6L);
        assertThat(jsonLines(folder.resolve("logs/trainer_log.jsonl")))
                .extracting(line -> line.get("current_steps").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whatIsSwitchedOffIsNotWritten() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.configure("exports", "{\"tensorboard_mb\": 0, \"trainer_log_mb\": 0, \"inference_log_days\": 0}");
        workshop.drop("a.jsonl", 6);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
            assertThat(logs.map(file -> file.getFileName().toString())).containsExactly("stepwell.log");
        }
    }

    /// TensorBoard's numbers have 32 bits.
    private static void assertSame(List<Point> points, Curve curve) {
        assertThat(points).as("something to compare").isNotEmpty().hasSize(curve.size());
        for (int i = 0; i < curve.size(); i++) {
            Point point = points.get(i);
            assertThat(point.step()).isEqualTo(curve.steps()[i]);
            assertThat(point.value().number()).isEqualTo((float) curve.values()[i]);
            assertThat((long) Math.floor(point.wallTime() * 1e3 + 1e-3)).isEqualTo(curve.at()[i]);
        }
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("logs/tensorboard"))) {
            return runs.sorted().toList();
        }
    }

    private List<JsonNode> answers() throws IOException {
        List<JsonNode> answers = new ArrayList<>();
        try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
            for (Path log : logs.filter(file -> file.getFileName().toString().startsWith("inference_"))
                    .sorted()
                    .toList()) {
                answers.addAll(jsonLines(log));
            }
        }
        return answers;
    }

    private static List<JsonNode> jsonLines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }
}
