package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.judge.Judge;
import dev.stepwell.torch.evaluation.ExamCosts.Ahead;
import dev.stepwell.torch.evaluation.ExamCosts.Rows;
import dev.stepwell.torch.testing.CopyTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExamCostsTest {
    private static final long SECOND = 1_000_000_000;
    private static final double HEAD = 2;

    private static final ExamWork OWN = new ExamWork(300, 100, 10);
    private static final ExamWork FIXED = new ExamWork(500, 200, 30);
    private static final ExamWork OTHERS = new ExamWork(600, 200, 20);
    private static final Ahead AHEAD = new Ahead(
            List.of(new Rows(OWN, OWN, false), new Rows(OWN, FIXED, true), new Rows(OTHERS, OTHERS, false)),
            FIXED,
            OTHERS);

    private final ExamCosts costs = new ExamCosts(HEAD);
    private final EvaluationBudget budget = new EvaluationBudget(0.05);

    @Test
    void nothingIsForeseenBeforeAnythingWasDone() {
        costs.expect(AHEAD, 0.5);

        assertThat(costs.foreseen(budget)).isEmpty();
    }

    /// 4,000 tokens, half of them trained, are 8,000 passes.
    @Test
    void beforeTheFirstExamItFollowsFromTraining() {
        costs.expect(AHEAD, 0.5);
        costs.trained(2 * SECOND, 4_000);
        double pass = costs.seconds(new ExamWork(1, 0, 0));
        double step = costs.seconds(new ExamWork(0, 0, 1));
        assertThat(pass).isCloseTo(0.5 * 2 / 8_000, within(1e-12));
        assertThat(step).isCloseTo(60 * (1 + HEAD) * pass, within(1e-12));

        double own = (300 + 1.2 * 100) * pass + 10 * step;
        double fixed = (500 + 1.2 * 200) * pass + 30 * step;
        double others = (600 + 1.2 * 200) * pass + 20 * step;
        assertForeseen(new ForeseenExam(
                List.of(
                        new ForeseenExam.Rows(own, own, false),
                        new ForeseenExam.Rows(own, fixed, true),
                        new ForeseenExam.Rows(others, others, false)),
                fixed,
                5,
                0.05));
        assertThat(costs.others()).isCloseTo((600 + 1.2 * 200) * pass + 20 * step, within(1e-9));
    }

    @Test
    void afterItItFollowsFromWhatAskingTook() {
        costs.expect(AHEAD, 0.5);
        costs.trained(2 * SECOND, 4_000);
        costs.asked(new ExamWork(1_000, 100, 10), 10, 1, 0.12 + 0.2);
        assertForeseen(new ForeseenExam(
                List.of(
                        new ForeseenExam.Rows(0.42 + 0.2, 0.42 + 0.2, false),
                        new ForeseenExam.Rows(0.42 + 0.2, 0.74 + 0.6, true),
                        new ForeseenExam.Rows(0.84 + 0.4, 0.84 + 0.4, false)),
                0.74 + 0.6,
                5,
                0.05));

        costs.asked(new ExamWork(1_000, 0, 10), 5, 3, 0.4);
        assertThat(costs.seconds(new ExamWork(1_000, 0, 0)))
                .as("nearer to the newest")
                .isBetween(2.01, 2.99);
        assertThat(costs.seconds(new ExamWork(0, 0, 10))).isBetween(0.301, 0.399);
        assertThat(costs.verbosity()).isBetween(1.01, 1.99);
    }

    @Test
    void rowsThatAreOnlyReadSayNothingOfWriting() {
        costs.asked(new ExamWork(1_000, 100, 10), 10, 1, 0.12 + 0.2);
        costs.asked(new ExamWork(1_000, 0, 0), 0, 1, 0);

        assertThat(costs.seconds(new ExamWork(0, 0, 10))).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void withoutABudgetNothingWillBeAsked() {
        costs.expect(AHEAD, 0.5);
        costs.trained(SECOND, 1_000);

        assertThat(costs.foreseen(new EvaluationBudget(0))).contains(ForeseenExam.NONE);
    }

    /// Those asked at once write as long as the longest answer, and no longer than is allowed.
    @Test
    void theWorkInRowsIsWhatIsGradedWhatIsReadAndTheLongestAnswers() {
        List<ExamRow> rows = CopyTask.rows(Exam.AT_ONCE + 1, 3).sample();
        List<Asked> asked = Asked.all(rows, (_, golden, answer) -> golden.equals(answer));
        ExamWork work = ExamWork.of(asked, HEAD, 1, 100);

        assertThat(work.graded())
                .isEqualTo(rows.stream()
                        .mapToDouble(row -> row.example().ids().length
                                + HEAD * row.example().targets().cardinality())
                        .sum());
        assertThat(work.read())
                .isEqualTo(rows.stream().mapToDouble(ExamCostsTest::prompt).sum() + HEAD * rows.size());
        assertThat(work.steps())
                .isEqualTo(rows.subList(0, Exam.AT_ONCE).stream()
                                .mapToDouble(ExamCostsTest::answer)
                                .max()
                                .orElseThrow()
                        + answer(rows.getLast()));
        assertThat(ExamWork.of(asked, HEAD, 3, 1).steps()).isEqualTo(2);

        assertThat(ExamWork.read(asked, HEAD)).isEqualTo(work.read());

        List<ExamRow> texts =
                rows.stream().map(row -> new ExamRow(row.example(), null)).toList();
        ExamWork graded = new ExamWork(work.graded(), 0, 0);
        assertThat(ExamWork.of(Asked.all(texts, asked.getFirst().judge()), HEAD, 1, 100))
                .isEqualTo(graded);
        assertThat(ExamWork.of(Asked.all(rows, Judge.EXACT), HEAD, 1, 100)).isEqualTo(graded);
    }

    private static int prompt(ExamRow row) {
        return row.question() == null ? 0 : row.question().promptIds().length;
    }

    private static int answer(ExamRow row) {
        return row.example().ids().length - prompt(row);
    }

    private void assertForeseen(ForeseenExam expected) {
        assertThat(costs.foreseen(budget).orElseThrow())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-9, Double.class)
                .isEqualTo(expected);
    }
}
