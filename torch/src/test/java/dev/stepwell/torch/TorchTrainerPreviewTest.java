package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.EvaluationFinished;
import dev.stepwell.core.training.TrainingEvent.PhaseChanged;
import dev.stepwell.core.training.TrainingEvent.PreviewGenerated;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files have 50 rows: 7 steps of 8 rows. Two examples are answered at each evaluation.
class TorchTrainerPreviewTest {
    @TempDir
    private Path directory;

    @Test
    void everyFewStepsTheNextExamplesInTheOrderOfTheFileAreAnswered() {
        Recorder recorder = train("previews", new Tiny.Settings().evalSteps(3).build());
        List<Preview> previews = recorder.of(PreviewGenerated.class).stream()
                .map(PreviewGenerated::preview)
                .toList();
        List<PreviewRow> rows = CopyTask.rows(50, 1).previews();

        assertThat(previews.stream().map(Preview::globalStep)).containsExactly(3L, 3L, 6L, 6L);
        assertThat(previews.stream().map(Preview::prompt))
                .containsExactlyElementsOf(
                        rows.subList(0, 4).stream().map(PreviewRow::prompt).toList());
        assertThat(recorder.of(EvaluationFinished.class)).hasSize(2);
        for (Preview preview : previews) {
            assertThat(preview.matches()).isEqualTo(preview.modelAnswer().equals(preview.goldenAnswer()));
        }
    }

    @Test
    void previewsDoNotChangeWhatIsTrained() {
        Recorder with = train("with", new Tiny.Settings().evalSteps(1).build());
        Recorder without = train("without", new Tiny.Settings().evalSteps(0).build());
        assertThat(with.of(StepCompleted.class).stream().map(StepCompleted::loss))
                .containsExactlyElementsOf(without.of(StepCompleted.class).stream()
                        .map(StepCompleted::loss)
                        .toList());
        assertThat(without.of(PreviewGenerated.class)).isEmpty();
        assertThat(directory.resolve("with/checkpoint-7/model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("without/checkpoint-7/model.safetensors"));
    }

    @Test
    void phasesAreToldInTheOrderInWhichTheyHappen() {
        Recorder recorder =
                train("phases", new Tiny.Settings().evalSteps(3).saveSteps(4).build());
        assertThat(recorder.of(PhaseChanged.class).stream().map(PhaseChanged::phase))
                .containsExactly(
                        Phase.LOADING,
                        Phase.PREPARING,
                        Phase.TRAINING,
                        Phase.EVALUATING,
                        Phase.TRAINING,
                        Phase.SAVING,
                        Phase.TRAINING,
                        Phase.EVALUATING,
                        Phase.TRAINING,
                        Phase.SAVING);
    }

    @Test
    void everyStepTellsWhatItMeasured() {
        Recorder recorder = train("measured", new Tiny.Settings().epochs(2).build());
        List<StepCompleted> steps = recorder.of(StepCompleted.class);
        assertThat(steps.stream().map(StepCompleted::epoch)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1);
        // The learning rate is 0.003 after 10 steps of warm-up.
        assertThat(steps.getFirst().learningRate()).isCloseTo(0.0003, within(1e-12));
        assertThat(steps.getLast().learningRate()).isEqualTo(0.003);
        int tokens = CopyTask.rows(50, 1).examples().stream()
                .mapToInt(row -> row.ids().length)
                .sum();
        assertThat(steps.stream().limit(7).mapToInt(StepCompleted::tokens).sum())
                .isEqualTo(tokens);
        assertThat(steps).allMatch(step -> step.loss() > 0 && step.gradientNorm() > 0 && step.nanos() > 0);
    }

    private Recorder train(String name, TrainerConfig config) {
        Recorder recorder = new Recorder();
        try (TorchTrainer trainer = Trainers.in(directory.resolve(name), config)) {
            trainer.open(recorder);
            trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
        }
        assertThat(recorder.events()).noneMatch(TrainingEvent.RolledBack.class::isInstance);
        return recorder;
    }
}
