package dev.stepwell.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerLogTest {
    private static final Instant START = Instant.parse("2026-01-31T09:30:00Z");

    @TempDir
    Path folder;

    @Test
    void eachStepIsALineWithTheKeysOfLlamaFactory() throws IOException {
        try (TrainerLog log = log(1 << 20)) {
            log.write(List.of(begun(119, 0, 118), step(120, 1, 2.5, null), step(208, 89, 1.25, 61.9)));
        }

        assertThat(Files.readAllLines(path())).containsExactly("""
                {"current_steps":120,"total_steps":237,"loss":2.5,"lr":0.001,"epoch":0.0169,"percentage":50.63,\
                "elapsed_time":"0:00:01","throughput":500.0,"total_tokens":500}""", """
                {"current_steps":208,"total_steps":237,"loss":1.25,"lr":0.001,"epoch":1.5085,"percentage":87.76,\
                "elapsed_time":"0:01:29","remaining_time":"0:01:01","throughput":11.24,"total_tokens":1000}""");
    }

    @Test
    void aHundredPercentMeansAllOfIt() throws IOException {
        try (TrainerLog log = log(1 << 20)) {
            log.write(List.of(begun(0, 0, 1_000_000), step(999_999, 999_999, 1, null)));
            log.write(List.of(step(1_000_000, 1_000_000, 1, null)));
        }
        assertThat(Files.readAllLines(path()))
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"percentage\":99.99,"),
                        line -> assertThat(line).contains("\"percentage\":100.0,", "\"remaining_time\":\"0:00:00\""));
    }

    @Test
    void anEvaluationOfTheValidationSetHasALineAndWhatIsNotKnownIsLeftOut() throws IOException {
        try (TrainerLog log = log(1 << 20)) {
            log.write(List.of(
                    step(5, 5, Double.NaN, null),
                    begun(5, 0, 5),
                    scored(new Subject.Fixed(), 1.5),
                    scored(new Subject.Learnt(1, "a"), 2.5)));
        }
        assertThat(Files.readAllLines(path())).containsExactly("""
                {"current_steps":5,"lr":0.001}""", """
                {"current_steps":5,"total_steps":10,"eval_loss":1.5,"percentage":50.0,"elapsed_time":"0:00:03"}""");
    }

    @Test
    void aRestartGoesOnBehindTheLastWholeLine() throws IOException {
        Files.writeString(path(), "{\"current_steps\":1}\n{\"current_st");
        try (TrainerLog log = log(1 << 20)) {
            log.write(List.of(step(2, 2, 1, null)));
        }
        assertThat(Files.readAllLines(path())).containsExactly("{\"current_steps\":1}", """
                {"current_steps":2,"loss":1.0,"lr":0.001}""");
    }

    @Test
    void itIsRotatedByItsSize() throws IOException {
        try (TrainerLog log = log(5_000)) {
            for (int i = 1; i <= 200; i++) {
                log.write(List.of(step(i, i, 1, null)));
            }
        }
        long total = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                total += Files.size(file);
            }
        }
        assertThat(total).isBetween(4_000L, 5_000L);
        assertThat(Files.readAllLines(path()).getLast()).contains("\"current_steps\":200,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    59      | 0:00:59
                    3600    | 1:00:00
                    90061   | 1 day, 1:01:01
                    259200  | 3 days, 0:00:00
                    """)
    void timesAreAsPythonPrintsThem(long seconds, String text) {
        assertThat(TrainerLog.clock(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    private TrainerLog log(long budget) {
        return new TrainerLog(folder, budget, 2);
    }

    private Path path() {
        return folder.resolve("trainer_log.jsonl");
    }

    private static Measured begun(long base, long done, long steps) {
        return new Measured.FileBegun(new Progress(base, done, steps, 1, 1), "lesson.jsonl", START);
    }

    private static Measured step(long globalStep, long batchStep, double loss, @Nullable Double secondsLeft) {
        return new Measured.Step(
                globalStep,
                new StepCompleted(batchStep, 0, loss, 0.001, 2, 500, 100_000_000),
                secondsLeft,
                START.plusSeconds(batchStep));
    }

    private static Measured scored(Subject subject, double loss) {
        return new Measured.Scored(
                new Evaluation(
                        5,
                        Occasion.DURING,
                        1,
                        "lesson.jsonl",
                        subject,
                        new Score(1, 1, loss, 1, 1, 0),
                        Duration.ofSeconds(1)),
                START.plusSeconds(3));
    }
}
