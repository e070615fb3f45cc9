package dev.stepwell.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluationAlertsTest {
    private final Replay replay = new Replay();
    private long file = 8;

    @Test
    void aValidationLossThatRisesWhileTheFilesOwnFallsIsOverfitting() {
        replay.file(400);
        fixed(1.0);
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 1), 100);
        fixed(0.9);
        replay.losses(Curves.level(0.3, 0.1, 2), 100);
        fixed(0.95);
        assertThat(replay.opened()).isEmpty();
        replay.losses(Curves.level(0.2, 0.1, 3), 100);
        fixed(1.2);

        assertThat(replay.opened()).containsExactly("overfitting");
        assertThat(replay.alert("overfitting").severity()).isEqualTo(Severity.WARNING);
        assertThat(replay.alert("overfitting").evidence()).contains("1.20", "0.900");
        fixed(0.96);
        assertThat(replay.standing()).containsExactly("overfitting");
        fixed(0.91);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("overfitting");
    }

    @Test
    void whatEarlierFilesDidIsNoOverfittingOfThisOne() {
        replay.file(400);
        fixed(0.5);
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 1), 100);
        fixed(1.2);
        assertThat(replay.standing()).containsExactly("overfitting");
        assertThat(replay.alert("overfitting").message()).contains("new-8.jsonl");

        file = 9;
        replay.file(400);
        fixed(1.2);
        assertThat(replay.standing()).isEmpty();
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 2), 100);
        fixed(1.1);
        assertThat(replay.standing()).isEmpty();
        fixed(1.25);
        assertThat(replay.alert("overfitting").evidence()).contains("1.25", "1.10");
    }

    @Test
    void evaluationsOfFarFewerRowsAreNotHeldAgainstOneOfMany() {
        replay.file(400);
        fixed(0.5, 32);
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 1), 100);
        fixed(1.0, 65);
        assertThat(replay.opened()).isEmpty();
        fixed(1.2, 100);
        assertThat(replay.opened()).containsExactly("overfitting");
    }

    @Test
    void aValidationLossThatRisesWithTheFilesOwnIsNoOverfitting() {
        replay.file(400);
        fixed(0.9);
        replay.losses(Curves.level(1, 0.1, 1), 200);
        fixed(1.4);

        assertThat(replay.opened()).isEmpty();
    }

    /// Rows held out of a file are asked from its beginning on, and may be harder than those before.
    @Test
    void harderRowsThanThoseOfTheFileBeforeAreNoOverfitting() {
        replay.file(400);
        fixed(0.4);
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 1), 100);
        fixed(0.3, Occasion.AFTER);
        replay.file(400);
        fixed(1.6, Occasion.BEFORE);
        replay.losses(Curves.healthy(2, 0.1, 50, 0.1, 1), 100);
        fixed(1.5);
        replay.losses(Curves.level(0.2, 0.1, 3), 100);

        assertThat(replay.opened()).isEmpty();
        fixed(2.5);
        assertThat(replay.opened()).containsExactly("overfitting");
    }

    @Test
    void fewerRightAnswersThanAtBestAreForgetting() {
        learnt(20, 20, 0.1);
        learnt(19, 20, 0.1);
        assertThat(replay.opened()).isEmpty();
        learnt(12, 20, 0.15);

        assertThat(replay.opened()).containsExactly("forgetting");
        assertThat(replay.alert("forgetting").message()).contains("old.jsonl");
        assertThat(replay.alert("forgetting").evidence()).contains("12 of 20", "20 of 20");
        learnt(15, 20, 0.15);
        assertThat(replay.standing()).containsExactly("forgetting");
        learnt(19, 20, 0.1);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("forgetting");
    }

    @Test
    void fewRowsProveLittle() {
        learnt(5, 5, 0.1);
        learnt(3, 5, 0.1);
        assertThat(replay.opened()).isEmpty();
    }

    @Test
    void aCrossEntropyFarAboveItsLowestIsForgettingToo() {
        learnt(0, 0, 0.1);
        learnt(0, 0, 0.25);
        assertThat(replay.opened()).isEmpty();
        learnt(0, 0, 0.4);
        assertThat(replay.opened()).containsExactly("forgetting");
        learnt(0, 0, 0.25);
        assertThat(replay.standing()).containsExactly("forgetting");
        learnt(0, 0, 0.15);
        assertThat(replay.standing()).isEmpty();
    }

    @Test
    void aModelThatSaysNothingFiniteHasForgotten() {
        learnt(0, 0, 0.1);
        learnt(0, 0, Double.NaN);
        assertThat(replay.standing()).containsExactly("forgetting");
    }

    private void fixed(double crossEntropy) {
        fixed(crossEntropy, 50);
    }

    private void fixed(double crossEntropy, int rows) {
        fixed(crossEntropy, rows, Occasion.DURING);
    }

    private void fixed(double crossEntropy, Occasion occasion) {
        fixed(crossEntropy, 50, occasion);
    }

    private void fixed(double crossEntropy, int rows, Occasion occasion) {
        evaluated(occasion, new Subject.Fixed(), new Score(rows, 500, crossEntropy, rows, rows / 2, 0));
    }

    private void learnt(int right, int judged, double crossEntropy) {
        evaluated(
                Occasion.DURING, new Subject.Learnt(7, "old.jsonl"), new Score(20, 20, crossEntropy, judged, right, 0));
    }

    private void evaluated(Occasion occasion, Subject subject, Score score) {
        replay.event(new TrainingEvent.Evaluated(new Evaluation(
                10, occasion, file, "new-%d.jsonl".formatted(file), subject, score, Duration.ofSeconds(1))));
    }
}
