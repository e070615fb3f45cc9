package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.training.Evaluation.Subject;
import org.junit.jupiter.api.Test;

class ExamCostsTest {
    private static final long SECOND = 1_000_000_000;

    private final ExamCosts costs = new ExamCosts();
    private final EvaluationBudget budget = new EvaluationBudget(0.05);

    @Test
    void nothingIsForeseenBeforeAnythingWasDone() {
        costs.expect(new ExamCosts.Work(300, 500, 200, 100));

        assertThat(costs.foreseen(budget)).isEmpty();
    }

    @Test
    void beforeTheFirstExamItFollowsFromTraining() {
        costs.trained(2 * SECOND, 4_000);
        costs.expect(new ExamCosts.Work(300, 500, 200, 100));

        assertThat(costs.foreseen(budget).orElseThrow())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-12, Double.class)
                .isEqualTo(new ForeseenExam(0.35, 0.175, 5, 0.05, 0.035));
    }

    @Test
    void afterItItFollowsFromWhatAskingTook() {
        costs.trained(2 * SECOND, 4_000);
        costs.expect(new ExamCosts.Work(300, 500, 200, 100));
        costs.asked(new Subject.Fixed(), 3, 1_000);
        costs.asked(new Subject.Fixed(), 5, 1_000);
        assertThat(costs.foreseen(budget).orElseThrow().after()).isCloseTo(4, within(1e-9));

        costs.asked(new Subject.Learnt(1, "a.jsonl"), 8, 1_000);
        assertThat(costs.foreseen(budget).orElseThrow())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) < 1e-12, Double.class)
                .isEqualTo(new ForeseenExam(6, 2, 5, 0.05, 0.8));
        assertThat(costs.others()).isCloseTo(1.6, within(1e-9));
    }

    @Test
    void withoutABudgetNothingWillBeAsked() {
        costs.trained(SECOND, 1_000);
        costs.expect(new ExamCosts.Work(300, 500, 200, 100));

        assertThat(costs.foreseen(new EvaluationBudget(0))).contains(ForeseenExam.NONE);
    }
}
