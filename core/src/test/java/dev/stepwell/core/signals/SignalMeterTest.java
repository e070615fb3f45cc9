package dev.stepwell.core.signals;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.StepSample;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalMeterTest {
    private final SignalMeter meter = new SignalMeter();

    @Test
    void beforeAnyStepNothingIsKnown() {
        assertThat(meter.signals()).isEqualTo(Signals.NONE);
    }

    @Test
    void theLossBeginsAnewWithEachFileAndTheSpeedGoesOn() {
        meter.fileStarted(0);
        steps(40, 5);
        meter.fileStarted(40);
        assertThat(meter.signals().loss()).isNull();
        assertThat(meter.signals().speed().stepSeconds()).isEqualTo(0.1);

        steps(1, 2);
        assertThat(loss().streaming()).isEqualTo(2);
        assertThat(meter.signals().globalStep()).isEqualTo(41);
        assertThat(meter.signals().steps()).isEqualTo(41);
    }

    @Test
    void theLossBeginsAnewWhereWeightsWereRolledBack() {
        meter.fileStarted(0);
        steps(40, 5);
        meter.rolledBack();
        steps(1, 2);

        assertThat(loss().steps()).isOne();
    }

    @Test
    void lossesThatAreNotFiniteAreLeftOut() {
        meter.fileStarted(0);
        steps(1, 3);
        steps(1, Double.NaN);
        steps(1, Double.POSITIVE_INFINITY);

        assertThat(loss().steps()).isOne();
        assertThat(loss().streaming()).isEqualTo(3);
        assertThat(meter.signals().steps()).isEqualTo(3);
    }

    @Test
    void theNewestSampleStays() {
        StepSample sample = new StepSample(1.5, List.of());
        meter.fileStarted(100);
        meter.step(step(10, 1, sample));
        meter.step(step(11, 1, null));

        assertThat(meter.signals().sample()).isEqualTo(new Signals.Sample(110L, sample));
    }

    @Test
    void ofALearntFileTheBestAndTheNewestAreKnown() {
        Evaluation atLearning = learnt(1, 18, 0.5);
        Evaluation better = learnt(2, 20, 0.4);
        Evaluation worse = learnt(3, 9, 1.5);
        meter.evaluated(atLearning);
        meter.evaluated(better);
        meter.evaluated(worse);

        assertThat(meter.signals().learnt()).containsExactly(new LearntFile(7, "a.jsonl", better, better, worse));
    }

    @Test
    void whatCannotBeJudgedOrIsNotFiniteIsNoBest() {
        Evaluation broken = new Evaluation(
                1,
                Occasion.AFTER,
                9,
                "b.jsonl",
                new Subject.Learnt(7, "a.jsonl"),
                new Score(20, 20, Double.NaN, 0, 0, 0),
                Duration.ZERO);
        meter.evaluated(broken);

        assertThat(meter.signals().learnt()).containsExactly(new LearntFile(7, "a.jsonl", null, null, broken));
    }

    @Test
    void ofTooManyLearntFilesThoseAreForgottenThatWereAskedLongestAgo() {
        LearntFiles files = new LearntFiles();
        for (int i = 0; i < LearntFiles.KEPT; i++) {
            files.add(new Subject.Learnt(i, "f"), learnt(1, 1, 1));
        }
        files.add(new Subject.Learnt(0, "f"), learnt(1, 1, 1));
        files.add(new Subject.Learnt(9_999, "f"), learnt(1, 1, 1));

        assertThat(files.all()).hasSize(LearntFiles.KEPT);
        assertThat(files.all())
                .extracting(LearntFile::fileId)
                .contains(0L, 9_999L)
                .doesNotContain(1L);
    }

    private void steps(int count, double loss) {
        for (int i = 1; i <= count; i++) {
            meter.step(step(i, loss, null));
        }
    }

    private static StepCompleted step(long batchStep, double loss, @Nullable StepSample sample) {
        return new StepCompleted(batchStep, 0, loss, 1e-3, 1, 100, 100_000_000, sample);
    }

    private static Evaluation learnt(long step, int right, double crossEntropy) {
        return new Evaluation(
                step,
                Occasion.AFTER,
                9,
                "b.jsonl",
                new Subject.Learnt(7, "a.jsonl"),
                new Score(20, 20, crossEntropy, 20, right, 0),
                Duration.ZERO);
    }

    private LossFigures loss() {
        return requireNonNull(meter.signals().loss());
    }
}
