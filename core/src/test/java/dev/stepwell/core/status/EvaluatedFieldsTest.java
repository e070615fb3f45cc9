package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.signals.Trend;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatedFieldsTest {
    @Test
    void beforeAnythingWasAskedNothingIsKnown() {
        EvaluatedFields fields = EvaluatedFields.of(Evaluations.NONE, List.of(1.0));
        assertThat(fields)
                .isEqualTo(new EvaluatedFields(
                        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        null));
    }

    @Test
    void theNewestOfTheFixedSetIsShown() {
        Evaluations evaluations = Evaluations.NONE
                .with(evaluation(100, new Subject.Fixed(), new Score(10, 20, 3, 8, 2, 0.5)))
                .with(evaluation(200, new Subject.Fixed(), new Score(16, 20, 2.5, 8, 6, 0.125)))
                .with(evaluation(200, new Subject.Learnt(7, "a.jsonl"), new Score(4, 4, 9, 4, 0, 1)));
        EvaluatedFields fields = EvaluatedFields.of(evaluations, Arrays.asList(1.0, null, 2.0));
        assertThat(fields.fixedEvalEm()).isEqualTo(0.75);
        assertThat(fields.fixedEvalCe()).isEqualTo(2.5);
        assertThat(fields.fixedEvalEce()).isEqualTo(0.125);
        assertThat(fields.fixedEvalStep()).isEqualTo(200);
        assertThat(fields.fixedEvalRows()).isEqualTo(16);
        assertThat(fields.fixedEvalSetRows()).isEqualTo(20);
        assertThat(fields.validationLoss()).isEqualTo(2.5);
        assertThat(fields.valTrainGap()).isCloseTo(1.0, within(1e-12));
        assertThat(evaluations.scores().learnt()).hasSize(1);
    }

    @Test
    void aLossThatIsNotFiniteIsNull() {
        Evaluations evaluations =
                Evaluations.NONE.with(evaluation(1, new Subject.Fixed(), new Score(1, 1, Double.NaN, 0, 0, 0)));
        EvaluatedFields fields = EvaluatedFields.of(evaluations, List.of(1.0));
        assertThat(fields.fixedEvalCe()).isNull();
        assertThat(fields.valTrainGap()).isNull();
        assertThat(fields.fixedEvalEm()).as("no answer can be judged").isNull();
    }

    @Test
    void accuracyOfTheLastIsKnownOnceThereAreSoMany() {
        Evaluations evaluations = Evaluations.NONE;
        for (int i = 1; i <= 60; i++) {
            evaluations = evaluations.with(preview(i > 30, i));
            Double last20 = evaluations.accuracyOfLast(20);
            Double last50 = evaluations.accuracyOfLast(50);
            assertThat(last20).isEqualTo(i < 20 ? null : (Double) (5.0 * Math.clamp(i - 30L, 0, 20)));
            assertThat(last50).isEqualTo(i < 50 ? null : (Double) (2.0 * (i - 30)));
        }
        EvaluatedFields fields = EvaluatedFields.of(evaluations, List.of());
        assertThat(fields.maxModelOutputLength()).isEqualTo(60);
        assertThat(fields.maxGoldenOutputLength()).isEqualTo(3);
        assertThat(fields.currentModelOutputLength()).isEqualTo(60);
        assertThat(EvaluatedFields.of(evaluations.with(preview(true, 5)), List.of())
                        .maxModelOutputLength())
                .isEqualTo(60);
    }

    @Test
    void ofEachEarlierFileTheNewestCounts() {
        Scores scores = Scores.NONE
                .with(evaluation(1, new Subject.Learnt(1, "a"), new Score(1, 1, 1, 1, 1, 0)))
                .with(evaluation(2, new Subject.Learnt(2, "b"), new Score(1, 1, 2, 1, 1, 0)))
                .with(evaluation(2, new Subject.Learnt(1, "a"), new Score(1, 1, 3, 1, 0, 0)));
        assertThat(scores.learnt()).extracting(e -> e.score().crossEntropy()).containsExactly(3.0, 2.0);
        assertThat(scores.count()).isEqualTo(3);
    }

    @Test
    void aTrendIsToldOnceItCanBeAndOnlyWhereThereIsOne() {
        Evaluations falling = Evaluations.NONE;
        Evaluations flat = Evaluations.NONE;
        for (int i = 1; i <= 40; i++) {
            double noise = 0.02 * ((i * 7) % 5 - 2);
            falling = falling.with(evaluation(i, new Subject.Fixed(), new Score(1, 1, 3 - 0.05 * i + noise, 0, 0, 0)));
            flat = flat.with(evaluation(i, new Subject.Fixed(), new Score(1, 1, 3 + noise, 0, 0, 0)))
                    .with(preview(i > 20, 1));
            if (i < 16) {
                assertThat(EvaluatedFields.of(falling, List.of()).fixedEvalTrend())
                        .isNull();
            }
        }
        assertThat(EvaluatedFields.of(falling, List.of()).fixedEvalTrend()).isEqualTo(Trend.IMPROVING);
        assertThat(EvaluatedFields.of(flat, List.of()).fixedEvalTrend()).isEqualTo(Trend.FLAT);
        assertThat(EvaluatedFields.of(flat, List.of()).accuracyTrend()).isEqualTo(Trend.IMPROVING);
    }

    private static Evaluation evaluation(long step, Subject subject, Score score) {
        return new Evaluation(step, Occasion.AFTER, 1, "f.jsonl", subject, score, Duration.ZERO);
    }

    private static Preview preview(boolean right, int tokens) {
        return new Preview(1, null, "p", "g", "a", right, 3, tokens);
    }
}
