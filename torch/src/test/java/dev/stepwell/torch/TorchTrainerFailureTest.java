package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingEvent.RolledBack;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingEvent.StepRefused;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.core.training.TrainingOutcome.Failed;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.SignalAfter;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchTrainerFailureTest {
    @TempDir
    private Path directory;

    @Test
    void aLossThatIsNotFiniteIsAFailureAndTheWeightsAreThoseOfTheLastCheckpoint() throws IOException {
        Trainers.trainAll(directory, Tiny.training(), 1);
        byte[] good = Files.readAllBytes(directory.resolve("checkpoint-7/model.safetensors"));

        TrainerConfig absurd = new Tiny.Settings().learningRate(1e30).build();
        try (TorchTrainer trainer = Trainers.in(directory, absurd)) {
            trainer.open(_ -> {});
            double loss = trainer.probe().meanLoss(CopyTask.rows(5, 9).examples());
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(2), recorder, Trainers.GO_ON);

            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(((Failed) outcome).type()).isEqualTo("NonFiniteLoss");
            assertThat(((Failed) outcome).message()).contains("learning_rate");
            assertThat(((Failed) outcome).globalStep()).isEqualTo(7);
            assertThat(outcome.ledger().rowsTrained()).isZero();
            assertThat(recorder.of(StepCompleted.class)).isNotEmpty().allMatch(step -> Double.isFinite(step.loss()));
            assertThat(recorder.of(StepRefused.class))
                    .singleElement()
                    .matches(refused -> !Double.isFinite(refused.loss()) || !Double.isFinite(refused.gradientNorm()))
                    .matches(refused -> refused.batchStep()
                            == recorder.of(StepCompleted.class).size() + 1);
            assertThat(recorder.of(RolledBack.class)).singleElement().matches(r -> r.toStep() == 7);
            assertThat(trainer.probe().meanLoss(CopyTask.rows(5, 9).examples())).isEqualTo(loss);
        }
        assertThat(Files.readAllBytes(directory.resolve("checkpoint-7/model.safetensors")))
                .isEqualTo(good);
        assertThat(Trainers.trainAll(directory, Tiny.training(), 2)).isInstanceOf(Completed.class);
    }

    @Test
    void beforeTheFirstCheckpointItRollsBackToTheNewModel() {
        Path fresh = directory.resolve("fresh");
        TrainerConfig absurd = new Tiny.Settings().learningRate(1e30).build();
        try (TorchTrainer trainer = Trainers.in(fresh, absurd)) {
            trainer.open(_ -> {});
            double loss = trainer.probe().meanLoss(CopyTask.rows(5, 9).examples());
            assertThat(trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON)).isInstanceOf(Failed.class);
            assertThat(trainer.probe().meanLoss(CopyTask.rows(5, 9).examples())).isEqualTo(loss);
        }
    }

    @Test
    void aTokenIdOutsideTheModelIsANamedFailureAndTheNextFileTrains() {
        BitSet last = new BitSet();
        last.set(2);
        List<Example> poisoned = new ArrayList<>(CopyTask.rows(9, 1).examples());
        poisoned.add(new Example(new int[] {2, 1_000_000, 1}, last));
        DataReader reader = file -> file.endsWith("1")
                ? new TrainingData(poisoned, List.of(), List.of(), new RowLedger(10, 0, 0, 0, List.of()))
                : CopyTask.rows(20, 2);
        try (TorchTrainer trainer = trainer(reader)) {
            trainer.open(_ -> {});
            TrainingOutcome outcome = trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            assertThat(outcome).isInstanceOf(Failed.class);
            assertThat(((Failed) outcome).type()).isEqualTo("IndexOutOfRange");
            assertThat(((Failed) outcome).globalStep()).isZero();
            assertThat(trainer.train(Trainers.job(2), _ -> {}, Trainers.GO_ON)).isInstanceOf(Completed.class);
        }
    }

    @Test
    void aFileOfWhichNoRowCanBeTrainedFailsWithItsLedger() {
        RowLedger ledger = new RowLedger(3, 3, 0, 0, List.of(new RowRejection(1, 0, "empty line")));
        try (TorchTrainer trainer = trainer(_ -> new TrainingData(List.of(), List.of(), List.of(), ledger))) {
            trainer.open(_ -> {});
            TrainingOutcome outcome = trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            assertThat(((Failed) outcome).type()).isEqualTo("NoUsableRows");
            assertThat(outcome.ledger()).isEqualTo(ledger);
        }
    }

    @Test
    void aFileThatCannotBeReadFailsByNameAndOneThatIsGoneByAnother() {
        Deque<IOException> faults =
                new ArrayDeque<>(List.of(new NoSuchFileException("1"), new IOException("bad sector")));
        DataReader broken = _ -> {
            throw faults.removeFirst();
        };
        try (TorchTrainer trainer = trainer(broken)) {
            trainer.open(_ -> {});
            for (FailureType expected : List.of(FailureType.FILE_MISSING, FailureType.FILE_UNREADABLE)) {
                TrainingOutcome outcome = trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
                assertThat(((Failed) outcome).type()).isEqualTo(expected.word());
                assertThat(((Failed) outcome).message()).contains("1.jsonl");
            }
        }
    }

    @Test
    void aFileThatChangedWhileItWasHalfTrainedIsNotGuessedAt() {
        List<TrainingData> versions = new ArrayList<>(List.of(CopyTask.rows(50, 1), CopyTask.rows(49, 1)));
        try (TorchTrainer trainer = trainer(_ -> versions.removeFirst())) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(2);
            trainer.train(Trainers.job(1), stop, stop);
            TrainingOutcome outcome = trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            assertThat(((Failed) outcome).type()).isEqualTo("FileChanged");
            assertThat(((Failed) outcome).message()).contains("49 usable rows, but had 50");
        }
    }

    private TorchTrainer trainer(DataReader reader) {
        return new TorchTrainer(
                TorchRuntime.load(),
                Tiny.training(),
                new ModelSource.Scratch(Tiny.model()),
                reader,
                new IdTokenizer(CopyTask.VOCABULARY),
                new CheckpointStore(directory),
                null,
                () -> Instant.EPOCH);
    }
}
