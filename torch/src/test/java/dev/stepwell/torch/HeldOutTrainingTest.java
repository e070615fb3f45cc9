package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.core.io.Trees;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent.CheckpointSaved;
import dev.stepwell.core.training.TrainingEvent.Evaluated;
import dev.stepwell.core.training.TrainingEvent.EvaluationFailed;
import dev.stepwell.core.training.TrainingEvent.FileStarted;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.core.training.TrainingOutcome.Failed;
import dev.stepwell.core.training.TrainingOutcome.Interrupted;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.Gate;
import dev.stepwell.data.HeldOutRows;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.judge.Judges;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.rows.Row;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files have 50 rows of the copy task, in steps of 8 rows. Of file 9 all rows are held out.
class HeldOutTrainingTest {
    @TempDir
    private Path directory;

    private final Recorder recorder = new Recorder();
    private final List<TrainingData> read = new ArrayList<>();

    @Test
    void rowsThatAreHeldOutAreAskedBeforeAndAfterTheirFileAndNotTrained() throws IOException {
        TrainingOutcome outcome = train("a", percent(20), 1);

        RowLedger ledger = outcome.ledger();
        assertThat(ledger.heldOut()).isBetween(4L, 16L);
        assertThat(ledger.rowsTrained()).isEqualTo(ledger.usable()).isEqualTo(50 - ledger.heldOut());
        assertThat(asked("a", 1)).isEqualTo(texts(read.getFirst().heldOut()));
        assertThat(fixed())
                .extracting(Evaluation::occasion, e -> e.score().setRows())
                .containsExactly(
                        tuple(Occasion.BEFORE, (int) ledger.heldOut()), tuple(Occasion.AFTER, (int) ledger.heldOut()));
        assertThat(fixed().getLast().score().crossEntropy())
                .isNotEqualTo(fixed().getFirst().score().crossEntropy());
    }

    /// Else what was said of the rows before would be taken for what is said of these.
    @Test
    void weightsThatWereAskedAreAskedAgainWhereRowsOfTheNextFileCome() {
        train("a", percent(20), 1, 2);

        int first = read.getFirst().heldOut().size();
        int both = first + read.getLast().heldOut().size();
        assertThat(fixed())
                .extracting(
                        Evaluation::file, Evaluation::occasion, e -> e.score().setRows())
                .containsExactly(
                        tuple("1.jsonl", Occasion.BEFORE, first),
                        tuple("1.jsonl", Occasion.AFTER, first),
                        tuple("2.jsonl", Occasion.BEFORE, both),
                        tuple("2.jsonl", Occasion.AFTER, both));
    }

    @Test
    void rowsStayAskedWhenNoMoreAreHeldOut() {
        train("a", percent(20), 1);
        int first = read.getFirst().heldOut().size();
        train("a", percent(0), 2);

        assertThat(read.getLast().heldOut()).isEmpty();
        assertThat(fixed().getLast().file()).isEqualTo("2.jsonl");
        assertThat(fixed().getLast().score().setRows()).isEqualTo(first);
    }

    @Test
    void aFileThatGoesOnHoldsTheSameRowsOutWhateverIsConfiguredSince() {
        train("whole", config(20).saveSteps(2).build(), 1);
        int steps = (int) recorder.of(FileStarted.class).getFirst().batchTotalSteps();

        assertThat(train("cut", config(20).saveSteps(2).build(), stopAfter(3), 1))
                .isInstanceOf(Interrupted.class);
        TrainingOutcome outcome = train("cut", percent(0), 1);

        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(outcome.ledger())
                .isEqualTo(read.getFirst()
                        .ledger()
                        .trained(read.getFirst().examples().size()));
        assertThat(texts(read.getLast().heldOut()))
                .isEqualTo(texts(read.getFirst().heldOut()));
        String model = "checkpoint-%d/model.safetensors".formatted(steps);
        assertThat(directory.resolve("cut").resolve(model))
                .hasSameBinaryContentAs(directory.resolve("whole").resolve(model));
    }

    @Test
    void aFileOfWhichAllRowsAreHeldOutIsDoneWithoutAStepOrACheckpoint() throws IOException {
        TrainingOutcome outcome = train("a", percent(20), 9);

        assertThat(outcome).isEqualTo(new Completed(new RowLedger(50, 50, 0, 0, 0, List.of()), 0));
        assertThat(recorder.of(FileStarted.class)).containsExactly(new FileStarted(0, 0, 0));
        assertThat(recorder.of(CheckpointSaved.class)).isEmpty();
        assertThat(asked("a", 9)).hasSize(50);
        assertThat(train("a", percent(20), 1)).isInstanceOf(Completed.class);
    }

    @Test
    void aFileThatIsBegunAnewUnderAnotherShareIsAskedNoRowThatItTrainsNow() throws IOException {
        train("a", percent(50), stopAfter(1), 3);
        int half = asked("a", 3).size();
        Trees.delete(directory.resolve("a"));

        train("a", percent(10), stopAfter(1), 3);
        List<String> trained = read.getLast().examples().stream()
                .map(HeldOutTrainingTest::text)
                .toList();
        assertThat(asked("a", 3)).isNotEmpty().hasSizeLessThan(half).doesNotContainAnyElementsOf(trained);
        Trees.delete(directory.resolve("a"));

        train("a", percent(0), 3);
        assertThat(kept("a").files()).isEmpty();
    }

    @Test
    void whereTheyCannotBePutAsideThatIsSaidAndTheyAreNotTrainedEither() throws IOException {
        Files.writeString(directory.resolve("a-held"), "no folder");
        TrainingOutcome outcome = train("a", percent(20), 1);

        assertThat(outcome).isInstanceOf(Completed.class);
        assertThat(outcome.ledger().rowsTrained())
                .isEqualTo(50 - outcome.ledger().heldOut());
        assertThat(recorder.of(EvaluationFailed.class).getFirst().reason()).contains("held out of 1.jsonl");
    }

    @Test
    void aFileOfWhichNothingIsUsableFailsAsEver() {
        RowLedger none = new RowLedger(2, 2, 0, 0, List.of());
        try (TorchTrainer trainer = Trainers.reading(
                directory, Tiny.training(), _ -> new TrainingData(List.of(), List.of(), List.of(), none))) {
            trainer.open(recorder);
            assertThat(trainer.train(Trainers.job(1), recorder, Trainers.GO_ON)).isInstanceOf(Failed.class);
        }
    }

    private StepControl stopAfter(int steps) {
        int before = recorder.of(StepCompleted.class).size();
        return () -> recorder.of(StepCompleted.class).size() - before < steps
                ? StepControl.Signal.CONTINUE
                : StepControl.Signal.STOP;
    }

    private static TrainerConfig percent(double percent) {
        return config(percent).build();
    }

    private static Tiny.Settings config(double percent) {
        return new Tiny.Settings().heldOutPercent(percent);
    }

    private TrainingOutcome train(String name, TrainerConfig config, long... files) {
        return train(name, config, Trainers.GO_ON, files);
    }

    private TrainingOutcome train(String name, TrainerConfig config, StepControl control, long... files) {
        HeldOutRows heldOut = new HeldOutRows(kept(name));
        EvaluationConfig evaluation = new EvaluationConfig(heldOut, heldOut, null, 0, Judges.EXACT, 1, 8);
        TrainingOutcome outcome = null;
        try (TorchTrainer trainer = Trainers.asking(directory.resolve(name), config, new Reader(), evaluation)) {
            trainer.open(recorder);
            for (long file : files) {
                outcome = trainer.train(Trainers.job(file), recorder, control);
            }
        }
        return Objects.requireNonNull(outcome);
    }

    private KeptRows kept(String name) {
        return new KeptRows(directory.resolve(name + "-held"));
    }

    private List<String> asked(String name, long file) throws IOException {
        return texts(kept(name).of(file).rows());
    }

    private List<Evaluation> fixed() {
        return recorder.of(Evaluated.class).stream()
                .map(Evaluated::evaluation)
                .filter(e -> e.subject() instanceof Subject.Fixed)
                .toList();
    }

    private static List<String> texts(List<ExamRow> rows) {
        return rows.stream().map(row -> text(row.example())).toList();
    }

    private static String text(Example example) {
        return Arrays.toString(example.ids());
    }

    /// Holds rows of the copy task out by what they say.
    private final class Reader implements DataReader {
        @Override
        public TrainingData read(Path file) {
            return read(file, HoldOut.NONE, Gate.OPEN);
        }

        @Override
        public TrainingData read(Path file, HoldOut holdOut, Gate<RuntimeException> gate) {
            TrainingData all = Trainers.read(file);
            List<Example> examples = new ArrayList<>();
            List<PreviewRow> previews = new ArrayList<>();
            List<ExamRow> sample = new ArrayList<>();
            List<ExamRow> heldOut = new ArrayList<>();
            for (ExamRow row : all.sample()) {
                PreviewRow question = Objects.requireNonNull(row.question());
                Row said = new Row.PromptCompletion(question.prompt(), question.goldenAnswer());
                if (file.endsWith("9") || holdOut.holds(said)) {
                    heldOut.add(row);
                } else {
                    examples.add(row.example());
                    previews.add(question);
                    sample.add(row);
                }
            }
            read.add(new TrainingData(
                    examples, previews, sample, heldOut, new RowLedger(50, heldOut.size(), 0, 0, 0, List.of())));
            return read.getLast();
        }
    }
}
