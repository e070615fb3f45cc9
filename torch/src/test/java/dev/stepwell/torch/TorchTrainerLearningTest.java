package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.data.TrainingData;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchTrainerLearningTest {
    @Test
    void aTinyModelLearnsToCopyRowsItHasNeverSeen(@TempDir Path currentModel) {
        TrainingData unseen = CopyTask.rows(60, 999_983);
        TrainerConfig config = new Tiny.Settings().epochs(5).batchSize(8, 1).build();
        try (TorchTrainer trainer = Trainers.in(currentModel, config)) {
            trainer.open(_ -> {});
            double lossBefore = trainer.probe().meanLoss(unseen.examples());
            Recorder recorder = new Recorder();
            for (long file = 1; file <= 30; file++) {
                assertThat(trainer.train(Trainers.job(file), recorder, Trainers.GO_ON))
                        .isInstanceOf(Completed.class);
            }
            assertThat(recorder.of(StepCompleted.class)).hasSize(30 * 5 * 7);
            assertThat(lossBefore).isBetween(2.5, 3.5);
            assertThat(trainer.probe().meanLoss(unseen.examples())).isLessThan(0.5);
            assertThat(trainer.probe().exactMatch(unseen.previews())).isGreaterThan(0.6);
        }
    }
}
