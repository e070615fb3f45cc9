package dev.stepwell.core.progress;

import static dev.stepwell.core.progress.EtaEstimatorTest.SECOND;
import static dev.stepwell.core.progress.EtaEstimatorTest.TOKENS;
import static dev.stepwell.core.progress.EtaEstimatorTest.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the trainer foresees to ask. A step takes a second.
class EtaOfExamsTest {
    private static final double SHARE = 0.05;

    private final EtaEstimator eta = new EtaEstimator();

    @Test
    void whatIsAskedAfterTheFileTakesAsLongAsForeseen() {
        begin();
        eta.examForeseen(exam(4, 0, 5));
        steps(10);

        assertThat(left(10)).isCloseTo(90 + 4, within(1e-6));
    }

    @Test
    void theBudgetBoundsItAndGrowsWithTheStepsThatAreDoneAndLeft() {
        begin();
        eta.examForeseen(new ForeseenExam(Collections.nCopies(20, whole(3)), 0, 2, SHARE));
        steps(10);

        // Seven seconds are enough for two sets of three.
        assertThat(left(10)).isCloseTo(90 + 6, within(1e-6));
        assertThat(left(50)).as("five for one").isCloseTo(50 + 3, within(1e-6));
    }

    @Test
    void aSetThatIsNotWorthBeginningEndsTheAskingAndOneThatYieldsLeavesHalf() {
        begin();
        ForeseenExam.Rows yielding = new ForeseenExam.Rows(2, 30, true);
        ForeseenExam.Rows sparing = new ForeseenExam.Rows(2, 3, true);
        eta.examForeseen(new ForeseenExam(List.of(whole(4), yielding, whole(5), whole(1)), 0, 10, 0));
        steps(10);
        assertThat(left(10)).as("4, 3 of 30, and 5 is more than the other 3").isCloseTo(90 + 7, within(1e-6));

        eta.examForeseen(new ForeseenExam(List.of(whole(4), yielding, whole(2)), 0, 10, 0));
        assertThat(left(10)).as("4, all but 2, 2").isCloseTo(90 + 10, within(1e-6));

        eta.examForeseen(new ForeseenExam(List.of(whole(7), yielding, whole(1)), 0, 10, 0));
        assertThat(left(10)).as("7, 2 of 30, 1").isCloseTo(90 + 10, within(1e-6));

        eta.examForeseen(new ForeseenExam(List.of(whole(7), sparing, whole(3)), 0, 10, 0));
        assertThat(left(10)).as("half of 3 is too little for it, 3").isCloseTo(90 + 10, within(1e-6));
    }

    private static ForeseenExam.Rows whole(double seconds) {
        return new ForeseenExam.Rows(seconds, seconds, false);
    }

    /// One set, of which a second's worth is asked at least.
    private static ForeseenExam exam(double after, double during, double left) {
        return new ForeseenExam(List.of(new ForeseenExam.Rows(1, after, false)), during, left, SHARE);
    }

    @Test
    void nothingIsAskedWhereTheBudgetIsUsedUp() {
        begin();
        eta.examForeseen(exam(4, 0, -20));
        steps(10);

        assertThat(left(10)).isCloseTo(90, within(1e-6));
    }

    @Test
    void askingBetweenStepsComesBackAndSharesTheBudget() {
        begin();
        for (int step = 1; step <= 30; step++) {
            steps(1);
            if (step % 10 == 0) {
                eta.examForeseen(exam(3, 2, 100));
                eta.examined(Duration.ofSeconds(2), at(step));
            }
        }
        assertThat(left(30)).as("after 40, 50 … 90, and at the end").isCloseTo(70 + 6 * 2 + 3, within(1e-6));

        eta.examForeseen(exam(3, 2, 1));
        assertThat(left(30)).isCloseTo(70 + 1 + SHARE * 70, within(1e-6));
    }

    @Test
    void whatWasAskedIsNotLeft() {
        begin();
        eta.examForeseen(exam(4, 0, 50));
        steps(100);
        assertThat(left(100)).isCloseTo(4, within(1e-6));

        eta.examForeseen(exam(4, 0, 46));
        eta.examined(Duration.ofSeconds(4), at(100));
        assertThat(left(100)).isZero();
    }

    @Test
    void filesThatWaitAreAskedAfterwardsAsFarAsTheBudgetGoes() {
        begin();
        eta.examForeseen(exam(4, 0, 50));
        steps(10);
        assertThat(drain(10)).isCloseTo(390 + 4 * 4, within(1e-6));

        eta.examForeseen(exam(40, 0, 5));
        assertThat(drain(10)).isCloseTo(390 + 5 + SHARE * 390, within(1e-6));
    }

    @Test
    void theFurtherOffItWasTheWiderTheRange() {
        assertThat(width(3)).isLessThan(width(9));
        assertThat(width(9)).isLessThan(width(0));
    }

    /// Of the range while three times three seconds of asking were foreseen, and `seconds` came each time.
    private static double width(int seconds) {
        EtaOfExamsTest test = new EtaOfExamsTest();
        for (int file = 0; file < 3; file++) {
            test.begin();
            test.eta.examForeseen(exam(3, 0, 50));
            test.steps(100);
            if (seconds > 0) {
                test.eta.examined(Duration.ofSeconds(seconds), at(100));
            }
            test.eta.left(Duration.ZERO);
        }
        test.begin();
        test.steps(99);
        Eta left = known(test.eta.file(at(99)));
        return left.high() / left.low();
    }

    private double left(long step) {
        return known(eta.file(at(step))).seconds();
    }

    /// With three files behind it that are like it.
    private double drain(long step) {
        return known(eta.drain(at(step), new Backlog(3, 300, 3_000))).seconds();
    }

    private static Progress at(long step) {
        return new Progress(0, step, 100, 1, 1);
    }

    private void begin() {
        eta.claimed(1_000, 0, at(0));
        eta.prepared(Duration.ZERO, at(0));
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            eta.step(SECOND, TOKENS);
        }
    }
}
