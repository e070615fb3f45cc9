package dev.stepwell.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.app.export.EventFiles.Event;
import dev.stepwell.app.export.EventFiles.Point;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardLogTest {
    private static final Instant START = Instant.parse("2026-01-31T09:30:00.250Z");
    private static final ProcessIdentity SELF = new ProcessIdentity(4_711, "c0ffee00-1234", START);

    @TempDir
    Path folder;

    /// From RFC 3720, appendix B.4, and the usual check value.
    @Test
    void theReaderOfTheseTestsSumsAsTheStandardSays() {
        byte[] digits = "123456789".getBytes(StandardCharsets.UTF_8);
        assertThat(EventFiles.crc32c(digits, 0, digits.length)).isEqualTo(0xE3069283);
        assertThat(EventFiles.crc32c(new byte[32], 0, 32)).isEqualTo(0x8A9136AA);
    }

    @Test
    void stepsHaveTheTagsOfHuggingFacesTrainerTheirStepAndTheirTime() throws IOException {
        try (TensorBoardLog log = log(1 << 20)) {
            assertThat(log.write(List.of(begun(100, 8), step(101, 1, 0.5), step(102, 2, 0.25))))
                    .isEqualTo(3);
        }

        assertThat(run().getFileName()).hasToString("2026-01-31_09-30-00");
        List<Event> events = EventFiles.of(run());
        assertThat(events.getFirst().fileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(1).sessionStart()).isTrue();
        assertThat(events.get(1).step()).isEqualTo(100);
        List<Point> losses = EventFiles.kept(events, "train/loss");
        assertThat(losses).extracting(Point::step).containsExactly(101L, 102L);
        assertThat(losses).extracting(point -> point.value().number()).containsExactly(0.5f, 0.25f);
        assertThat(losses.getLast().wallTime()).isEqualTo(1_769_851_902.25, within(1e-6));
        assertThat(numbers(events, "train/learning_rate")).containsExactly(0.001f, 0.001f);
        assertThat(numbers(events, "train/grad_norm")).containsExactly(2f, 2f);
        assertThat(numbers(events, "train/tokens_per_sec")).containsExactly(10_000f, 10_000f);
        assertThat(numbers(events, "train/epoch"))
                .as("2 passes of 4 steps each")
                .containsExactly(0.25f, 0.5f);
        assertThat(EventFiles.kept(events, "file")).singleElement().satisfies(point -> {
            assertThat(point.step()).isEqualTo(100);
            assertThat(point.value().plugin()).isEqualTo("text");
            assertThat(point.value().text())
                    .isEqualTo("```\nlesson.jsonl\n```\n\nFile 1 of 2, from its step 0 of 8.\n");
        });
    }

    @Test
    void evaluationsAndEveryPreviewOfAStepAreThere() throws IOException {
        try (TensorBoardLog log = log(1 << 20)) {
            log.write(List.of(
                    begun(0, 4),
                    scored(3, new Subject.Fixed(), new Score(4, 4, 1.5, 4, 3, 0.125)),
                    scored(3, new Subject.Learnt(7, "a.jsonl"), new Score(4, 4, 2.5, 0, 0, 0)),
                    previewed(3, "first"),
                    previewed(3, "second")));
            log.write(List.of(previewed(3, "third"), previewed(4, "fourth")));
        }

        List<Event> events = EventFiles.of(run());
        assertThat(numbers(events, "eval/loss")).containsExactly(1.5f);
        assertThat(numbers(events, "eval/exact_match")).containsExactly(0.75f);
        assertThat(numbers(events, "eval/calibration_error")).containsExactly(0.125f);
        assertThat(numbers(events, "learnt_loss/7_a.jsonl")).containsExactly(2.5f);
        assertThat(EventFiles.kept(events, "learnt_exact_match/7_a.jsonl")).isEmpty();
        assertThat(numbers(events, "eval/preview_accuracy_percent")).containsExactly(50f, 50f, 50f, 50f);
        assertThat(Stream.of("preview/1", "preview/2", "preview/3")
                        .flatMap(tag -> EventFiles.keptByServer(events, tag).stream())
                        .map(point -> point.step() + " "
                                + Objects.requireNonNull(point.value().text())
                                        .lines()
                                        .toList()
                                        .get(3)))
                .containsExactly("3 first", "4 fourth", "3 second", "3 third");
    }

    @Test
    void afterARollbackBothOfTensorBoardsReadersHaveTheStepsThatTheWeightsContain() throws IOException {
        try (TensorBoardLog log = log(1 << 20)) {
            log.write(List.of(begun(0, 9), step(1, 1, 1), step(2, 2, 2), step(3, 3, 3), step(4, 4, Double.NaN)));
            log.write(List.of(begun(0, 9), step(3, 3, 30)));
            log.write(List.of(step(4, 4, 40)));
        }

        List<Event> events = EventFiles.of(run());
        for (List<Point> kept :
                List.of(EventFiles.kept(events, "train/loss"), EventFiles.keptByServer(events, "train/loss"))) {
            assertThat(kept).extracting(Point::step).containsExactly(1L, 2L, 3L, 4L);
            assertThat(kept).extracting(point -> point.value().number()).containsExactly(1f, 2f, 30f, 40f);
        }
    }

    @Test
    void aProcessThatIsKilledLeavesAFileThatIsReadUpToItsLastWholeRecord() throws IOException {
        try (TensorBoardLog log = log(1 << 20)) {
            log.write(List.of(begun(0, 9), step(1, 1, 1), step(2, 2, 2)));
        }
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int cut = 1; cut < 40; cut++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - cut));
            assertThat(EventFiles.kept(EventFiles.of(run()), "train/loss"))
                    .extracting(Point::step)
                    .containsExactly(1L);
        }
    }

    @Test
    void aProcessThatStartsInTheSecondOfAnotherHasARunOfItsOwn() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (TensorBoardLog log = log(1 << 20)) {
                log.write(List.of(step(1, 1, 1)));
            }
        }
        assertThat(runs())
                .extracting(run -> run.getFileName().toString())
                .containsExactly("2026-01-31_09-30-00", "2026-01-31_09-30-00_c0ffee00");
    }

    @Test
    void allTogetherStaysWithinTheBudgetAndTheOldestGoFirst() throws IOException {
        Path old = Files.createDirectories(root().resolve("2025-12-01_00-00-00"));
        Files.write(old.resolve(TensorBoardRuns.fileName(START, 1, 1)), new byte[400_000]);
        Path foreign = Files.createDirectories(root().resolve("baseline"));
        Files.write(foreign.resolve("events.out.tfevents.1"), new byte[800_000]);
        int budget = 600_000;
        int last = 0;
        try (TensorBoardLog log = log(budget)) {
            while (last < 10_000) {
                log.write(LongStream.range(last + 1, last + 101)
                        .<Measured>mapToObj(i -> step(i, i, (double) i))
                        .toList());
                last += 100;
                assertThat(sizeOfRuns()).isLessThan(budget);
            }
        }

        assertThat(old).doesNotExist();
        assertThat(foreign).isNotEmptyDirectory();
        assertThat(sizeOfRuns()).isGreaterThan(budget / 2);
        List<Event> events = EventFiles.of(run());
        assertThat(numbers(events, "train/loss"))
                .as("the newest steps, without a hole")
                .containsExactlyElementsOf(LongStream.rangeClosed(
                                EventFiles.kept(events, "train/loss").getFirst().step(), last)
                        .mapToObj(i -> (float) i)
                        .toList());
    }

    @Test
    void aRunThatSomebodyDeletedIsBegunAgain() throws IOException {
        try (TensorBoardLog log = log(1 << 20)) {
            log.write(List.of(step(1, 1, 1)));
            Files.delete(files().getFirst());
            Files.delete(run());
            log.write(List.of(step(2, 2, 2)));
        }
        assertThat(numbers(EventFiles.of(run()), "train/loss")).containsExactly(2f);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenLaterAndOnce() throws IOException {
        Files.writeString(root(), "in the way");
        try (TensorBoardLog log = log(1 << 20)) {
            List<Measured> batch = List.of(begun(0, 9), step(1, 1, 1), step(2, 2, 2));
            assertThatThrownBy(() -> log.write(batch)).isInstanceOf(IOException.class);
            Files.delete(root());
            log.write(batch);
        }
        assertThat(numbers(EventFiles.of(run()), "train/loss")).containsExactly(1f, 2f);
    }

    private TensorBoardLog log(long budget) {
        return new TensorBoardLog(folder, new TensorBoardRuns(root(), budget), SELF, ZoneOffset.UTC, 2);
    }

    private Path root() {
        return folder.resolve("tensorboard");
    }

    private Path run() throws IOException {
        return runs().getFirst();
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> runs = Files.list(root())) {
            return runs.filter(run -> run.getFileName().toString().startsWith("2026"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> files() throws IOException {
        if (Files.notExists(root()) || runs().isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run())) {
            return files.sorted().toList();
        }
    }

    private long sizeOfRuns() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(file -> Files.isRegularFile(file)
                            && !Objects.requireNonNull(file.getParent())
                                    .getFileName()
                                    .toString()
                                    .equals("baseline"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static List<Float> numbers(List<Event> events, String tag) {
        return EventFiles.kept(events, tag).stream()
                .map(point -> point.value().number())
                .toList();
    }

    private static Measured begun(long base, long steps) {
        return new Measured.FileBegun(new Progress(base, 0, steps, 1, 2), "lesson.jsonl", START);
    }

    private static Measured step(long globalStep, long batchStep, double loss) {
        return new Measured.Step(
                globalStep,
                new StepCompleted(batchStep, 0, loss, 0.001, 2, 1_000, 100_000_000),
                null,
                START.plusSeconds(globalStep));
    }

    private static Measured scored(long step, Subject subject, Score score) {
        return new Measured.Scored(
                new Evaluation(step, Occasion.DURING, 9, "lesson.jsonl", subject, score, Duration.ofSeconds(1)), START);
    }

    private static Measured previewed(long step, String prompt) {
        return new Measured.Previewed(new Preview(step, null, prompt, "gold", "answer", false), 50, START);
    }
}
