package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent.Evaluated;
import dev.stepwell.core.training.TrainingEvent.EvaluationFailed;
import dev.stepwell.core.training.TrainingEvent.PhaseChanged;
import dev.stepwell.core.training.TrainingEvent.PreviewGenerated;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.ValidationSet;
import dev.stepwell.data.ValidationSet.Part;
import dev.stepwell.data.judge.Judge;
import dev.stepwell.data.judge.Judges;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files have 50 rows of the copy task: 7 steps of 8 rows.
class EvaluationTest {
    private static final TrainingData UNSEEN = CopyTask.rows(20, 99);
    private static final ValidationSet VALIDATION = () -> List.of(new Part("v.jsonl", UNSEEN.sample()));

    @TempDir
    private Path directory;

    private final Recorder recorder = new Recorder();

    @Test
    void theFixedSetIsAskedBeforeDuringAndAfterAFile() {
        train(new Tiny.Settings().evalSteps(3).build(), asking(VALIDATION), Trainers::read, 1);

        assertThat(evaluations()).extracting(Evaluation::globalStep).containsExactly(0L, 3L, 6L, 7L, 7L);
        assertThat(evaluations())
                .extracting(Evaluation::occasion)
                .containsExactly(Occasion.BEFORE, Occasion.DURING, Occasion.DURING, Occasion.AFTER, Occasion.AFTER);
        Subject fixed = new Subject.Fixed();
        assertThat(evaluations())
                .extracting(Evaluation::subject)
                .containsExactly(fixed, fixed, fixed, new Subject.Learnt(1, "1.jsonl"), fixed);
    }

    @Test
    void itsFiguresAreThoseOfTheWeightsThatAreLeft() {
        try (TorchTrainer trainer = Trainers.asking(directory, Tiny.training(), Trainers::read, asking(VALIDATION))) {
            trainer.open(recorder);
            trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
            Score score = evaluations().getLast().score();

            assertThat(evaluations().getLast().occasion()).isEqualTo(Occasion.AFTER);
            assertThat(score.crossEntropy()).isCloseTo(trainer.probe().meanLoss(UNSEEN.examples()), within(1e-5));
            assertThat(score.rows()).isEqualTo(20);
            assertThat(score.judged()).isEqualTo(20);
            assertThat(score.right() / 20.0).isEqualTo(trainer.probe().exactMatch(UNSEEN.previews()));
            assertThat(score.calibrationError()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void weightsThatWereAskedAfterAFileAreNotAskedAgainBeforeTheNext() {
        train(Tiny.training(), asking(VALIDATION), Trainers::read, 1, 2);

        List<Evaluation> fixed = evaluations().stream()
                .filter(e -> e.subject() instanceof Subject.Fixed)
                .toList();
        assertThat(fixed).extracting(Evaluation::globalStep).containsExactly(0L, 7L, 7L, 14L);
        assertThat(fixed.get(2).file()).isEqualTo("2.jsonl");
        assertThat(fixed.get(2).occasion()).isEqualTo(Occasion.BEFORE);
        assertThat(fixed.get(2).score()).isEqualTo(fixed.get(1).score());
        assertThat(fixed.get(2).took()).isZero();
        assertThat(fixed.get(1).took()).isPositive();
    }

    /// Copying is taught until it is known, and then to say everything the other way round.
    @Test
    void aSkillIsSeenToBeForgottenWhileAnotherIsLearnt() {
        TrainerConfig config = new Tiny.Settings().epochs(20).learningRate(1e-2).build();
        DataReader reader = file -> file.endsWith("1") ? CopyTask.rows(300, 1) : CopyTask.reversed(300, 2);
        train(config, asking(() -> List.of()), reader, 1, 2);

        assertThat(evaluations())
                .extracting(Evaluation::file, Evaluation::subject)
                .containsExactly(
                        tuple("1.jsonl", new Subject.Learnt(1, "1.jsonl")),
                        tuple("2.jsonl", new Subject.Learnt(2, "2.jsonl")),
                        tuple("2.jsonl", new Subject.Learnt(1, "1.jsonl")));
        Score learnt = evaluations().getFirst().score();
        Score forgotten = evaluations().getLast().score();
        assertThat(learnt.exactMatch()).isGreaterThan(0.7);
        assertThat(forgotten.exactMatch()).isLessThan(0.3);
        assertThat(forgotten.crossEntropy()).isGreaterThan(5 * learnt.crossEntropy());
    }

    @Test
    void askingChangesNothingOfWhatIsTrained() {
        Path without = directory.resolve("without");
        Trainers.trainAll(without, Tiny.training(), 1, 2);
        train(new Tiny.Settings().evalSteps(1).build(), asking(VALIDATION), Trainers::read, 1, 2);
        assertThat(directory.resolve("with/checkpoint-14/model.safetensors"))
                .hasSameBinaryContentAs(without.resolve("checkpoint-14/model.safetensors"));
    }

    @Test
    void aJudgeAlsoSeesPreviews() {
        Judges never = new Judges((_, _, _) -> false, List.of(Judges.ForFiles.of("2*", (_, _, _) -> true)));
        TrainerConfig config = new Tiny.Settings().evalSteps(3).build();
        train(config, new EvaluationConfig(VALIDATION, null, null, 0, never, 1, 8), Trainers::read, 1, 2);

        List<Preview> previews = recorder.of(PreviewGenerated.class).stream()
                .map(PreviewGenerated::preview)
                .toList();
        assertThat(previews)
                .extracting(Preview::matches)
                .containsExactly(false, false, false, false, true, true, true, true);
        assertThat(evaluations()).allMatch(e -> e.score().right() == 0);
        assertThat(previews)
                .allSatisfy(preview -> assertThat(preview.goldenTokens())
                        .isEqualTo(preview.goldenAnswer().split(" ").length));
    }

    @Test
    void whatCannotBeAskedIsSaidAndCostsNoTraining() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("kept"));
        Files.writeString(kept.resolve("7.json"), "half of");
        TrainingOutcome outcome = train(Tiny.training(), asking(VALIDATION), Trainers::read, 1);

        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(recorder.of(EvaluationFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).contains("7.json"));
        assertThat(recorder.of(PhaseChanged.class).getLast().phase()).isEqualTo(Phase.TRAINING);
    }

    @Test
    void aValidationSetThatCannotBeReadOrJudgedCostsNoTraining() {
        Judges broken = new Judges(
                (_, _, _) -> Judges.command(directory.resolve("no-such-program"), directory)
                        .right("", "", ""),
                List.of());
        TrainingOutcome outcome = train(
                Tiny.training(), new EvaluationConfig(VALIDATION, null, null, 0, broken, 1, 8), Trainers::read, 1);
        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(recorder.of(EvaluationFailed.class))
                .hasSize(2)
                .allSatisfy(failed -> assertThat(failed.reason()).contains("no-such-program"));
        assertThat(evaluations()).isEmpty();
    }

    @Test
    void aStopEndsAnEvaluationAndAFileThatWasDoneStaysDone() {
        EvaluationConfig evaluation = asking(VALIDATION);
        try (TorchTrainer trainer = Trainers.asking(directory, Tiny.training(), Trainers::read, evaluation)) {
            trainer.open(recorder);
            StepControl stopAtTheEnd = () -> recorder.of(StepCompleted.class).size() == 7
                    ? StepControl.Signal.STOP
                    : StepControl.Signal.CONTINUE;
            TrainingOutcome outcome = trainer.train(Trainers.job(1), recorder, stopAtTheEnd);
            assertThat(outcome).isInstanceOf(Completed.class);
            assertThat(evaluations()).extracting(Evaluation::occasion).containsExactly(Occasion.BEFORE);
        }
    }

    private EvaluationConfig asking(ValidationSet validation) {
        return new EvaluationConfig(
                validation,
                null,
                new KeptRows(directory.resolve("kept")),
                30,
                new Judges(Judge.EXACT, List.of()),
                1,
                8);
    }

    private TrainingOutcome train(TrainerConfig config, EvaluationConfig evaluation, DataReader reader, long... files) {
        TrainingOutcome outcome = null;
        try (TorchTrainer trainer = Trainers.asking(directory.resolve("with"), config, reader, evaluation)) {
            trainer.open(recorder);
            for (long file : files) {
                outcome = trainer.train(Trainers.job(file), recorder, Trainers.GO_ON);
            }
        }
        return Objects.requireNonNull(outcome);
    }

    private List<Evaluation> evaluations() {
        return recorder.of(Evaluated.class).stream().map(Evaluated::evaluation).toList();
    }
}
