package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent.Evaluated;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.ValidationSet;
import dev.stepwell.data.ValidationSet.Part;
import dev.stepwell.data.judge.Judges;
import dev.stepwell.torch.evaluation.Examiner.Now;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every question that the gate is asked takes a second. 100 rows are asked 16 at a time; a chunk asks at least once,
/// and once for each token that is written.
class ExaminerBudgetTest {
    /// Wants to see answers to their end.
    private static final Judges WRITTEN = new Judges((_, golden, answer) -> golden.equals(answer), List.of());

    private static final ValidationSet VALIDATION =
            () -> List.of(new Part("v.jsonl", CopyTask.rows(100, 9).sample()));

    private final LlamaModel model = new LlamaModel(Tiny.model(), Parameters.random(Tiny.model(), 5));
    private final Recorder recorder = new Recorder();
    private final Slow slow = new Slow();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void anEvaluationBeforeAFileEndsWhenHalfOfTheBudgetIsUsedUp() throws IOException {
        Examiner examiner = examiner(0.05);
        examiner.before(new Now(1, "a.jsonl", 0), recorder, slow);

        Evaluation first = evaluations().getFirst();
        assertThat(first.score().rows()).isGreaterThanOrEqualTo(16).isLessThan(100);
        assertThat(first.score().setRows()).isEqualTo(100);
        assertThat(slow.seconds).isBetween(2.5, 2.5 + mostOfAChunk());
    }

    @Test
    void ofWhatEachFileTaughtSomethingIsAskedHoweverLargeTheFixedSet(@TempDir Path folder) throws IOException {
        Examiner examiner = keeping(VALIDATION, folder, 4, 0.05);
        train(examiner, 6, 1_200);

        for (int file = 1; file <= 6; file++) {
            List<Long> asked = learnt(file);
            assertThat(asked.getFirst()).as("file %d, itself", file).isEqualTo(file);
            assertThat(asked).as("file %d, and others", file).hasSizeGreaterThan(file == 1 ? 0 : 1);
        }
        assertThat(evaluations().stream().filter(e -> e.subject() instanceof Subject.Fixed))
                .hasSizeGreaterThan(1);
    }

    /// So many files of so many steps of a second.
    private void train(Examiner examiner, int files, int steps) throws IOException {
        train(examiner, files, steps, () -> {});
    }

    private void train(Examiner examiner, int files, int steps, Runnable afterSteps) throws IOException {
        for (int file = 1; file <= files; file++) {
            Now now = new Now(file, file + ".jsonl", (long) steps * file);
            List<ExamRow> sample = CopyTask.rows(4, file).sample();
            examiner.before(now, recorder, slow);
            examiner.expect(now, sample);
            for (int step = 0; step < steps; step++) {
                examiner.trained(1_000_000_000L, 1_000);
                examiner.during(now, recorder, slow);
            }
            afterSteps.run();
            examiner.keep(now, sample);
            examiner.after(now, recorder, slow);
        }
    }

    /// The budget grows by five seconds with each file, and 32 rows take more than that.
    @Test
    void whereFilesAreShortTheFixedSetTakesItsTurnAndSoDoesWhatWasLearnt(@TempDir Path folder) throws IOException {
        Examiner examiner = keeping(VALIDATION, folder, 4, 0.05);
        train(examiner, 120, 100);

        for (int third = 0; third < 3; third++) {
            int from = 40 * third;
            List<Evaluation> then = evaluations().stream()
                    .filter(evaluation -> evaluation.fileId() > from && evaluation.fileId() <= from + 40)
                    .toList();
            assertThat(then)
                    .as("files from %d on", from)
                    .anyMatch(evaluation -> evaluation.subject() instanceof Subject.Fixed)
                    .anyMatch(evaluation -> evaluation.subject() instanceof Subject.Learnt);
        }
    }

    /// Files of which kept rows were asked after `file`.
    private List<Long> learnt(long file) {
        return evaluations().stream()
                .filter(evaluation -> evaluation.fileId() == file)
                .map(Evaluation::subject)
                .filter(Subject.Learnt.class::isInstance)
                .map(Subject.Learnt.class::cast)
                .map(Subject.Learnt::fileId)
                .toList();
    }

    /// Of the sets that are foreseen, the fixed one is that which may be asked in part. It comes in its place, and
    /// where it does not yield, nothing comes behind it without it.
    @Test
    void whatIsForeseenComesInItsOrder(@TempDir Path folder) throws IOException {
        Examiner examiner = keeping(VALIDATION, folder, 4, 0.05);
        List<List<ForeseenExam.Rows>> foreseen = new ArrayList<>();
        train(
                examiner,
                60,
                100,
                () -> foreseen.add(examiner.foreseen().orElseThrow().sets()));

        for (int file = 1; file <= 60; file++) {
            List<ForeseenExam.Rows> sets = foreseen.get(file - 1);
            assertThat(sets)
                    .as("file %d: its own, the fixed one, and others", file)
                    .hasSize(file + 1);
            List<Boolean> came = askedAfter(file);
            int fixed = came.indexOf(true);
            ForeseenExam.Rows inPart = sets.stream()
                    .filter(rows -> rows.least() < rows.all())
                    .reduce((_, _) -> {
                        throw new AssertionError("only one of them is large");
                    })
                    .orElseThrow();
            if (fixed >= 0) {
                assertThat(sets.get(fixed)).as("file %d", file).isSameAs(inPart);
            } else if (!inPart.yields()) {
                assertThat(came).as("file %d", file).hasSizeLessThanOrEqualTo(sets.indexOf(inPart));
            }
        }
        assertThat(foreseen.stream().flatMap(List::stream)).anyMatch(ForeseenExam.Rows::yields);
        assertThat(foreseen).anyMatch(sets -> sets.stream().noneMatch(ForeseenExam.Rows::yields));
    }

    /// Of what was asked after `file`, in its order, whether it was the fixed set.
    private List<Boolean> askedAfter(long file) {
        return evaluations().stream()
                .filter(evaluation -> evaluation.fileId() == file && evaluation.occasion() == Occasion.AFTER)
                .map(evaluation -> evaluation.subject() instanceof Subject.Fixed)
                .toList();
    }

    /// What is foreseen after a step is what then comes, but for what a last chunk of rows takes longer.
    @Test
    void whatIsForeseenIsWhatComes(@TempDir Path folder) throws IOException {
        Examiner examiner = keeping(null, folder, 16, 0.05);
        List<Double> came = new ArrayList<>();
        List<Double> foreseen = new ArrayList<>();
        for (int file = 1; file <= 6; file++) {
            Now now = new Now(file, file + ".jsonl", 1_000L * file);
            List<ExamRow> sample = CopyTask.rows(16, file).sample();
            examiner.expect(now, sample);
            for (int step = 0; step < 2_000; step++) {
                examiner.trained(1_000_000_000L, 1_000);
            }
            foreseen.add(examiner.foreseen().orElseThrow().sets().stream()
                    .mapToDouble(ForeseenExam.Rows::all)
                    .sum());
            double before = slow.seconds;
            examiner.keep(now, sample);
            examiner.after(now, recorder, slow);
            came.add(slow.seconds - before);
        }

        for (int file = 1; file < 6; file++) { // The first has no exam to go by.
            assertThat(foreseen.get(file) / came.get(file)).as("file %d", file).isBetween(0.8, 1.25);
        }
    }

    @Test
    void whatIsAskedInOneGoBeginsAndEndsOnce(@TempDir Path folder) throws IOException {
        Examiner examiner = keeping(VALIDATION, folder, 4, 1);
        examiner.trained(1_000_000_000_000L, 1_000);
        for (int file = 1; file <= 3; file++) {
            examiner.keep(
                    new Now(file, file + ".jsonl", 1_000L * file),
                    CopyTask.rows(4, file).sample());
        }
        examiner.after(new Now(3, "3.jsonl", 3_000), recorder, slow);

        assertThat(evaluations()).hasSize(4);
        assertThat(slow.begun).isEqualTo(1);
        assertThat(slow.ended).containsExactly(slow.seconds);
    }

    @Test
    void overTimeItTakesNoMoreThanItsShare() throws IOException {
        Examiner examiner = examiner(0.05);
        long trained = 0;
        for (int step = 1; step <= 5_000; step++) {
            examiner.trained(1_000_000_000L, 1_000);
            trained++;
            examiner.during(new Now(1, "a.jsonl", step), recorder, slow);
            assertThat(slow.seconds).isLessThanOrEqualTo(5 + 0.05 * trained + mostOfAChunk());
        }
        assertThat(evaluations()).hasSizeGreaterThan(1);
        assertThat(evaluations().getLast().score().rows())
                .as("as many as the first")
                .isGreaterThanOrEqualTo(evaluations().getFirst().score().rows());
    }

    @Test
    void withoutABudgetNothingIsAsked() throws IOException {
        Examiner examiner = examiner(0);
        examiner.before(new Now(1, "a.jsonl", 0), recorder, slow);
        examiner.trained(1_000_000_000L, 1_000);
        examiner.after(new Now(1, "a.jsonl", 1), recorder, slow);
        assertThat(recorder.events()).isEmpty();
        assertThat(slow.seconds).isZero();
    }

    private Examiner examiner(double share) {
        return examiner(new EvaluationConfig(VALIDATION, null, null, 0, WRITTEN, share, 8));
    }

    private Examiner keeping(@Nullable ValidationSet validation, Path folder, int rows, double share) {
        return examiner(new EvaluationConfig(validation, null, new KeptRows(folder), rows, WRITTEN, share, 8));
    }

    private Examiner examiner(EvaluationConfig config) {
        return new Examiner(config, model, new IdTokenizer(CopyTask.VOCABULARY));
    }

    /// Prompts have three lengths, each read for itself, and answers no more than 8 tokens.
    private static double mostOfAChunk() {
        return 1 + 3 + 7;
    }

    private List<Evaluation> evaluations() {
        return recorder.of(Evaluated.class).stream().map(Evaluated::evaluation).toList();
    }

    private static final class Slow implements Interludes {
        private final List<Double> ended = new ArrayList<>();
        private double seconds;
        private int begun;

        @Override
        public boolean opens() {
            seconds++;
            return true;
        }

        @Override
        public void begin() {
            begun++;
        }

        @Override
        public double seconds() {
            return seconds;
        }

        @Override
        public void end(boolean whole, double took) {
            ended.add(took);
        }
    }
}
