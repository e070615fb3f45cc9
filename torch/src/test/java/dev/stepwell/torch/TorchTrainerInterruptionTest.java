package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent.FileStarted;
import dev.stepwell.core.training.TrainingEvent.PreviewGenerated;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.core.training.TrainingOutcome.Interrupted;
import dev.stepwell.core.training.TrainingOutcome.Skipped;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.Gate;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.torch.testing.PauseAt;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.SignalAfter;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files have 50 rows: 7 steps of 8 rows an epoch, the last with 2.
class TorchTrainerInterruptionTest {
    private static final TrainerConfig CONFIG =
            new Tiny.Settings().epochs(2).evalSteps(3).saveSteps(4).build();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 8, 13})
    void stoppedAnywhereAndContinuedTheWeightsAreBitForBitThoseOfARunLeftAlone(int stopAfter) throws IOException {
        Path alone = directory.resolve("alone");
        Path interrupted = directory.resolve("interrupted");
        Trainers.trainAll(alone, CONFIG, 1, 2);

        Trainers.trainAll(interrupted, CONFIG, 1);
        try (TorchTrainer trainer = Trainers.in(interrupted, CONFIG)) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(stopAfter);
            TrainingOutcome outcome = trainer.train(Trainers.job(2), stop, stop);
            assertThat(outcome).isInstanceOf(Interrupted.class);
            assertThat(((Interrupted) outcome).globalStep()).isEqualTo(14 + stopAfter);
        }
        assertThat(Trainers.trainAll(interrupted, CONFIG, 2)).isInstanceOf(Completed.class);

        assertSameCheckpoint(alone, interrupted, 28);
    }

    @Test
    void killedBetweenCheckpointsItGoesOnFromTheOneBeforeAndEndsBitForBitTheSame() throws IOException {
        Path alone = directory.resolve("alone");
        Path killed = directory.resolve("killed");
        Trainers.trainAll(alone, CONFIG, 1);

        // Dies, as far as the disk can tell, in step 7, 3 steps after the checkpoint of step 4.
        try (TorchTrainer trainer = Trainers.in(killed, CONFIG)) {
            trainer.open(_ -> {});
            Throwable death = catchThrowable(() -> trainer.train(
                    Trainers.job(1),
                    event -> {
                        if (event instanceof StepCompleted step && step.batchStep() == 7) {
                            throw new IllegalStateException("killed");
                        }
                    },
                    Trainers.GO_ON));
            assertThat(death).hasMessage("killed");
        }
        try (TorchTrainer trainer = Trainers.in(killed, CONFIG)) {
            OpenedModel opened = trainer.open(_ -> {});
            assertThat(opened.globalStep()).isEqualTo(4);
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
            assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(0, 4, 14));
            assertThat(recorder.of(StepCompleted.class).stream().map(StepCompleted::batchStep))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(5, 14).mapToObj(Long::valueOf).toList());
            assertThat(outcome.ledger().rowsTrained()).isEqualTo(100);
        }
        assertSameCheckpoint(alone, killed, 14);
    }

    @Test
    void aFileThatIsTriedAgainAfterOthersGoesOnAfterTheStepsThatTheWeightsContain() throws IOException {
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(5);
            TrainingOutcome left = trainer.train(Trainers.job(1), stop, stop);
            assertThat(left.ledger().rowsTrained()).isEqualTo(40);
            assertThat(trainer.train(Trainers.job(2), _ -> {}, Trainers.GO_ON).globalStep())
                    .isEqualTo(19);
        }
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
            assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(14, 5, 14));
            assertThat(recorder.of(StepCompleted.class)).hasSize(9);
            assertThat(outcome).isInstanceOf(Completed.class);
            assertThat(outcome.globalStep()).isEqualTo(28);
            assertThat(outcome.ledger().rowsTrained()).isEqualTo(100);
        }
        // It is done now: no checkpoint remembers it as unfinished any more.
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            Recorder recorder = new Recorder();
            trainer.train(Trainers.job(2), recorder, Trainers.GO_ON);
            assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(28, 0, 14));
        }
    }

    @Test
    void thisHoldsForTwoThreadsToo() throws IOException {
        TrainerConfig config = new Tiny.Settings().threads(2).saveSteps(4).build();
        Path alone = directory.resolve("alone");
        Path interrupted = directory.resolve("interrupted");
        Trainers.trainAll(alone, config, 1);
        try (TorchTrainer trainer = Trainers.in(interrupted, config)) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(3);
            trainer.train(Trainers.job(1), stop, stop);
        }
        Trainers.trainAll(interrupted, config, 1);
        assertSameCheckpoint(alone, interrupted, 7);
    }

    @Test
    void aFileThatIsCompleteAlreadyIsNotTrainedAgain() throws IOException {
        Trainers.trainAll(directory, CONFIG, 1);
        byte[] weights = Files.readAllBytes(directory.resolve("model.safetensors"));
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
            assertThat(outcome).isInstanceOf(Completed.class);
            assertThat(((Completed) outcome).globalStep()).isEqualTo(14);
            assertThat(outcome.ledger().rowsTrained()).isEqualTo(100);
            assertThat(recorder.of(StepCompleted.class)).isEmpty();
        }
        assertThat(Files.readAllBytes(directory.resolve("model.safetensors"))).isEqualTo(weights);
    }

    @Test
    void underAChangedBatchSizeTheRestOfTheFileIsTrainedAndNoRowTwice() {
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(3);
            trainer.train(Trainers.job(1), stop, stop);
        }
        TrainerConfig changed = new Tiny.Settings().epochs(2).batchSize(5, 1).build();
        try (TorchTrainer trainer = Trainers.in(directory, changed)) {
            trainer.open(_ -> {});
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
            // 24 of 50 rows are done; 26 take 6 steps of 5, the second epoch 10.
            assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(0, 3, 3 + 6 + 10));
            assertThat(outcome.ledger().rowsTrained()).isEqualTo(100);
        }
    }

    /// An epoch asks 13 times before micro-batches, and previews ask before each token.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 10, 14, 23, 40})
    void pausedAnywhereTheCheckpointIsSavedAndTheEndIsBitForBitThatOfARunLeftAlone(int question) throws IOException {
        Path alone = directory.resolve("alone");
        Path paused = directory.resolve("paused");
        Trainers.trainAll(alone, CONFIG, 1, 2);
        Trainers.trainAll(paused, CONFIG, 1);
        Recorder recorder = new Recorder();
        PauseAt pause = new PauseAt(question, () -> {
            long done = recorder.of(StepCompleted.class).size();
            assertThat(paused.resolve("checkpoint-" + (14 + done))).isDirectory();
        });
        try (TorchTrainer trainer = Trainers.in(paused, CONFIG)) {
            trainer.open(_ -> {});
            assertThat(trainer.train(Trainers.job(2), recorder, pause)).isInstanceOf(Completed.class);
        }
        assertThat(pause.held()).isTrue();
        assertThat(recorder.of(StepCompleted.class)).hasSize(14);
        assertThat(recorder.of(PreviewGenerated.class)).hasSize(8);
        assertSameCheckpoint(alone, paused, 28);
    }

    @Test
    void aSkippedFileLeavesItsStepsInTheModelAndTheNextOneGoesOnFromThem() {
        try (TorchTrainer trainer = Trainers.in(directory, CONFIG)) {
            trainer.open(_ -> {});
            SignalAfter skip = new SignalAfter(5, StepControl.Signal.SKIP);
            TrainingOutcome outcome = trainer.train(Trainers.job(1), skip, skip);
            assertThat(outcome).isInstanceOf(Skipped.class);
            assertThat(outcome.globalStep()).isEqualTo(5);
            assertThat(outcome.ledger().rowsTrained()).isEqualTo(40);
            assertThat(directory.resolve("checkpoint-5")).isDirectory();
            Recorder recorder = new Recorder();
            assertThat(trainer.train(Trainers.job(2), recorder, Trainers.GO_ON)).isInstanceOf(Completed.class);
            assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(5, 0, 14));
        }
    }

    @Test
    void aStopWhileAFileIsReadKeepsTheCountOfItsRows() {
        DataReader endless = new DataReader() {
            @Override
            public TrainingData read(Path file) {
                throw new AssertionError("without a gate it would never end");
            }

            @Override
            public @Nullable TrainingData read(Path file, HoldOut holdOut, Gate<RuntimeException> gate) {
                assertThat(gate.opens()).isFalse();
                return null;
            }
        };
        try (TorchTrainer trainer = Trainers.reading(directory, CONFIG, endless)) {
            trainer.open(_ -> {});
            Recorder recorder = new Recorder();
            assertThat(trainer.train(Trainers.job(7), recorder, SignalAfter.stop(0)))
                    .isEqualTo(new Interrupted(Trainers.job(7).counted(), 0));
            assertThat(recorder.of(FileStarted.class)).isEmpty();
        }
    }

    private static void assertSameCheckpoint(Path one, Path other, int step) {
        for (String file : new String[] {"model.safetensors", "optimizer.safetensors", "stepwell_state.json"}) {
            Path inCheckpoint = Path.of("checkpoint-" + step, file);
            assertThat(other.resolve(inCheckpoint)).as(file).hasSameBinaryContentAs(one.resolve(inCheckpoint));
        }
    }
}
