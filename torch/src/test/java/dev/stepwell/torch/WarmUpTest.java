package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent.FileStarted;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    private static final List<Example> ROWS = CopyTask.rows(50, 1).examples();

    @TempDir
    private Path directory;

    @Test
    void aFileIsWarmedUpOnlyIfItIsHeavierThanThoseBefore() {
        TrainerConfig config = new Tiny.Settings().batchSize(4, 1).build();
        List<Example> byLength = ROWS.stream()
                .sorted(Comparator.comparingInt(row -> row.ids().length))
                .toList();
        TrainingData light = data(byLength.subList(0, 8));
        TrainingData heavy = data(byLength.subList(42, 50));
        assertThat(byLength.getFirst().ids().length)
                .isLessThan(byLength.getLast().ids().length);

        try (TorchTrainer trainer = Trainers.reading(directory, config, path -> path.endsWith("2") ? heavy : light)) {
            trainer.open(_ -> {});
            assertThat(passes(trainer, 1)).as("the first").isEqualTo(2 + 1);
            assertThat(passes(trainer, 2)).as("heavier").isEqualTo(2 + 1);
            assertThat(passes(trainer, 3)).as("lighter").isEqualTo(2);
            assertThat(passes(trainer, 3)).as("done already").isZero();
        }
    }

    /// Micro-batches that training the file took.
    private static int passes(TorchTrainer trainer, long file) {
        AtomicInteger questions = new AtomicInteger();
        Recorder recorder = new Recorder();
        StepControl counting = () -> {
            if (!recorder.of(FileStarted.class).isEmpty()) {
                questions.incrementAndGet();
            }
            return StepControl.Signal.CONTINUE;
        };
        assertThat(trainer.train(Trainers.job(file), recorder, counting)).isInstanceOf(Completed.class);
        assertThat(recorder.of(StepCompleted.class).size()).isLessThanOrEqualTo(2);
        return questions.get();
    }

    @Test
    void theHeaviestMicroBatchIsThatOfTheLongestRows() {
        MicroBatchSize size = new MicroBatchSize(3, RowLayout.PACKED, 0);
        int[] longest = ROWS.stream()
                .mapToInt(row -> -row.ids().length)
                .sorted()
                .limit(3)
                .map(length -> -length)
                .toArray();

        assertThat(size.heaviest(ROWS).stream().mapToInt(row -> row.ids().length))
                .containsExactly(Arrays.stream(longest).boxed().toArray(Integer[]::new));
    }

    @Test
    void itIsHalvedFromWhatWasTriedAndOneRowIsTheLeast() {
        MicroBatchSize size = new MicroBatchSize(100, RowLayout.PACKED, 0);
        assertThat(size.halve(5)).isEqualTo(3);
        assertThat(size.halve(3)).isEqualTo(2);
        assertThat(size.halve(2)).isEqualTo(1);
        assertThat(size.halve(1)).isZero();
        assertThat(size.split(ROWS)).hasSameSizeAs(ROWS);
    }

    @Test
    void microBatchesAreJoinedUpToALimitOfTokensAndNoMoreOnceMemoryWasShort() {
        long limit = RowLayout.PACKED.tokens(ROWS.subList(0, 17));
        MicroBatchSize size = new MicroBatchSize(4, RowLayout.PACKED, limit);

        List<List<Example>> joined = size.split(ROWS);

        assertThat(joined.stream().flatMap(List::stream)).containsExactlyElementsOf(ROWS);
        assertThat(joined.getFirst()).hasSize(16);
        assertThat(joined.subList(0, joined.size() - 1))
                .allSatisfy(batch -> assertThat(batch.size() % 4).isZero());
        assertThat(joined)
                .allSatisfy(batch -> assertThat(RowLayout.PACKED.tokens(batch)).isLessThanOrEqualTo(limit));
        int longest = ROWS.stream().mapToInt(row -> row.ids().length).max().orElseThrow();
        assertThat(RowLayout.PACKED.tokens(size.heaviest(ROWS)))
                .as("within a row, the most that any can have")
                .isBetween(limit - longest + 1, limit);
        assertThat(size.halve(16)).isEqualTo(8);
        assertThat(size.isShort())
                .as("8 are more than the 4 that were configured")
                .isFalse();
        assertThat(size.split(ROWS).getFirst()).hasSize(8);
        assertThat(size.halve(4)).isEqualTo(2);
        assertThat(size.isShort()).isTrue();
    }

    @Test
    void whatIsConfiguredIsNotMadeLessByTheLimit() {
        MicroBatchSize size = new MicroBatchSize(4, RowLayout.PACKED, 1);
        assertThat(size.split(ROWS.subList(0, 8))).extracting(List::size).containsExactly(4, 4);
        assertThat(size.heaviest(ROWS)).hasSize(4);
    }

    private static TrainingData data(List<Example> rows) {
        return new TrainingData(rows, List.of(), List.of(), new RowLedger(rows.size(), 0, 0, 0, List.of()));
    }
}
