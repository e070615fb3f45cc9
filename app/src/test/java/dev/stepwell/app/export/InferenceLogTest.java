package dev.stepwell.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InferenceLogTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    /// Half an hour before midnight there.
    private static final Instant EVENING = Instant.parse("2026-01-31T22:30:00Z");

    @TempDir
    Path folder;

    @Test
    void aPreviewIsALineOfJsonWithEverythingAboutIt() throws IOException {
        try (InferenceLog log = log(14)) {
            log.write(List.of(begun("a.jsonl"), previewed(7, "two\nlines \u001b[2J", EVENING)));
        }
        assertThat(Files.readString(folder.resolve("inference_20260131.log"))).isEqualTo("""
                {"timestamp":"2026-01-31T22:30:00Z","step":7,"file":"a.jsonl","answer_matches":true,\
                "accuracy_percent":50.0,"system_prompt":null,"prompt":"two\\nlines \\u001B[2J","golden_answer":"4",\
                "model_answer":"4"}
                """);
    }

    @Test
    void eachDayHasAFileAlsoWhereTwoDaysComeAtOnce() throws IOException {
        List<Measured> batch = new ArrayList<>(List.of(
                begun("a.jsonl"),
                previewed(1, "p", EVENING),
                begun("b.jsonl"),
                previewed(2, "p", EVENING.plusSeconds(1_800)),
                previewed(3, "p", EVENING.plusSeconds(1_801))));
        try (InferenceLog log = log(14)) {
            while (!batch.isEmpty()) {
                batch.subList(0, log.write(batch)).clear();
            }
        }
        assertThat(steps("inference_20260131.log")).containsExactly(1L);
        assertThat(steps("inference_20260201.log")).containsExactly(2L, 3L);
        assertThat(lines("inference_20260201.log").getFirst().get("file").asString())
                .isEqualTo("b.jsonl");
    }

    @Test
    void daysThatAreTooOldAreDeletedAndNothingElse() throws IOException {
        for (String name : List.of(
                "inference_20260128.log",
                "inference_20260129.log",
                "inference_20251231.log",
                "inference_99999999.log",
                "inference_20250101.log.bak",
                "stepwell.log")) {
            Files.writeString(folder.resolve(name), "");
        }
        try (InferenceLog log = log(3)) {
            log.write(List.of(previewed(1, "p", EVENING)));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "inference_20260129.log",
                            "inference_20260131.log",
                            "inference_99999999.log",
                            "inference_20250101.log.bak",
                            "stepwell.log");
        }
    }

    @Test
    void aRestartGoesOnBehindTheLastWholeLine() throws IOException {
        Files.writeString(folder.resolve("inference_20260131.log"), "{\"step\":1}\n{\"ste");
        try (InferenceLog log = log(14)) {
            log.write(List.of(previewed(2, "p", EVENING)));
        }
        assertThat(steps("inference_20260131.log")).containsExactly(1L, 2L);
    }

    private InferenceLog log(int days) {
        return new InferenceLog(folder, ZONE, days);
    }

    private List<Long> steps(String name) throws IOException {
        return lines(name).stream().map(line -> line.get("step").asLong()).toList();
    }

    private List<JsonNode> lines(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name)).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static Measured begun(String name) {
        return new Measured.FileBegun(new Progress(0, 0, 9, 1, 1), name, EVENING);
    }

    private static Measured previewed(long step, String prompt, Instant at) {
        return new Measured.Previewed(new Preview(step, null, prompt, "4", "4", true), 50, at);
    }
}
