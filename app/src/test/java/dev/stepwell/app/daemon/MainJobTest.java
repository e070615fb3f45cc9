package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The main job, with nothing in it replaced: files are dropped, the command trains them, and a reader watches.
class MainJobTest {
    /// The command of the specification, to the letter.
    private static final String JQ_FILTER = """
            {
              current_file,
              batch_step,
              batch_total_steps,
              batch_number,
              batch_queue_size,
              file_pct: ((.batch_step / .batch_total_steps * 100) | floor),
              queue_pct: ((.batch_number / .batch_queue_size * 100) | floor)
            }""";

    @TempDir
    Path folder;

    @Test
    void goodFilesAreTrainedInNaturalOrderAndEveryVersionOfTheStatusIsTrue() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("lesson_10.jsonl", 6);
        workshop.drop("lesson_2.jsonl", 12);
        workshop.drop("lesson_1.jsonl", 3);

        List<JsonNode> seen = StatusWitness.during(
                workshop.statusFile(), () -> drained(workshop.stepwell("run", "--once", "--no-web")));

        assertThat(seen.stream()
                        .map(status -> status.get("current_file"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString)
                        .distinct())
                .containsExactly("lesson_1.jsonl", "lesson_2.jsonl", "lesson_10.jsonl");
        assertThat(seen.stream()
                        .filter(status -> status.get("batch_step").isNumber())
                        .allMatch(status -> status.get("batch_queue_size").asInt() == 3))
                .isTrue();
        JsonNode last = seen.getLast();
        assertThat(last.get("status").asString()).isEqualTo("completed");
        assertThat(last.get("current_step").asLong()).isEqualTo(21);
        assertThat(last.get("batch_step").asLong()).isEqualTo(6);
        assertThat(last.get("loss").isNumber()).isTrue();
        assertThat(last.get("total_evals").asInt()).isPositive();
        assertThat(workshop.reports("archive"))
                .allSatisfy(report -> assertThat(report.get("rows").get("trained"))
                        .isEqualTo(report.get("rows").get("total")))
                .hasSize(3);
        assertThat(folder.resolve("current_model").resolve("checkpoint-21")).isDirectory();
        assertThat(folder.resolve("current_model").resolve("model.safetensors")).isRegularFile();
    }

    @Test
    void badLinesAreNamedAndFilesWithoutAGoodRowAreGivenUpWhileTheQueueGoesOn() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("a_nothing_good.jsonl", List.of("{]", "", "42"));
        workshop.drop(
                "b_mixed.jsonl",
                List.of(
                        "{\"prompt\": \"one \", \"completion\": \"1\"}",
                        "this is no JSON",
                        "{\"question\": \"?\", \"answer\": \"!\"}",
                        "{\"prompt\": \"two \", \"completion\": \"2\"}",
                        ""));
        Files.write(folder.resolve("inbox").resolve("c_empty.jsonl"), new byte[0]);
        Files.write(folder.resolve("inbox").resolve("d_zipped.jsonl"), gzip("{\"text\": \"three\"}\n"));
        workshop.drop("e_good.jsonl", 4);

        List<JsonNode> seen =
                StatusWitness.during(workshop.statusFile(), () -> drained(workshop.stepwell("run", "--once")));

        assertThat(seen.getLast().get("batch_queue_size").asInt()).isEqualTo(2);

        assertThat(workshop.reports("archive"))
                .extracting(report -> report.get("file").get("name").asString())
                .containsExactly("b_mixed.jsonl", "e_good.jsonl");
        assertThat(workshop.reports("failed"))
                .extracting(report -> report.get("file").get("name").asString())
                .containsExactly("a_nothing_good.jsonl", "c_empty.jsonl", "d_zipped.jsonl");
        JsonNode mixed = workshop.reports("archive").getFirst().get("rows");
        assertThat(mixed.get("trained").asInt() + mixed.get("rejected").asInt())
                .isEqualTo(mixed.get("total").asInt());
        assertThat(mixed.get("rejections").valueStream().map(r -> r.get("line").asInt()))
                .containsExactly(2, 3, 5);
        assertThat(mixed.get("rejections")
                        .valueStream()
                        .map(r -> r.get("reason").asString()))
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
        assertThat(workshop.reports("failed").get(2).toString()).contains("gzip");
    }

    @Test
    void theJqCommandOfTheSpecificationPrintsWhatItPromises() throws Exception {
        assumeThat(onPath("jq")).as("jq is on the PATH").isTrue();
        Workshop workshop = Workshop.in(folder);
        workshop.drop("one.jsonl", 9);
        JsonNode midway =
                StatusWitness.during(workshop.statusFile(), () -> drained(workshop.stepwell("run", "--once"))).stream()
                        .filter(status -> status.get("status").asString().equals("training"))
                        .toList()
                        .getLast();

        JsonNode printed = JsonMapper.shared().readTree(jq(midway));

        assertThat(printed.get("current_file").asString()).isEqualTo("one.jsonl");
        assertThat(printed.get("batch_total_steps").asInt()).isEqualTo(9);
        assertThat(printed.get("file_pct").asInt())
                .isEqualTo(midway.get("file_percent").asInt());
        assertThat(printed.get("queue_pct").asInt()).isEqualTo(100);
    }

    @Test
    void statusShowsBothDisplaysAndThatTheDaemonHasEnded() throws Exception {
        Workshop workshop = Workshop.in(folder);
        assertThat(workshop.stepwell("status").exitCode()).isEqualTo(3);
        workshop.drop("one.jsonl", 4);
        drained(workshop.stepwell("run", "--once"));

        Workshop.Ran bars = workshop.stepwell("status");
        assertThat(bars.exitCode()).isZero();
        assertThat(bars.out()).contains("Completed", "━".repeat(40) + " 100%", "Step 4/4", "Cumulative: 4/4 (100%)");
        assertThat(workshop.stepwell("status", "--format", "simple").out())
                .startsWith("File: 4/4 (100%) | Queue: 1/1 (100%)\n");
        assertThat(JsonMapper.shared()
                        .readTree(
                                workshop.stepwell("status", "--format", "json").out())
                        .get("liveness")
                        .asString())
                .isEqualTo("completed");
    }

    private static void drained(Workshop.Ran ran) {
        assertThat(ran.exitCode()).as(ran.err()).isZero();
    }

    private static String jq(JsonNode status) throws IOException, InterruptedException {
        Process jq = new ProcessBuilder("jq", JQ_FILTER).start();
        try (var in = jq.getOutputStream()) {
            in.write(status.toString().getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(jq.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jq.waitFor()).as(err).isZero();
        return out;
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
