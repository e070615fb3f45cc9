package dev.stepwell.core.progress;

import static dev.stepwell.core.progress.EtaEstimatorTest.SECOND;
import static dev.stepwell.core.progress.EtaEstimatorTest.TOKENS;
import static dev.stepwell.core.progress.EtaEstimatorTest.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What the trainer foresees to ask. A step takes a second.
class EtaOfExamsTest {
    private static final double SHARE = 0.05;

    private final EtaEstimator eta = new EtaEstimator();

    @Test
    void whatIsAskedAfterTheFileTakesAsLongAsForeseen() {
        begin();
        eta.examForeseen(new ForeseenExam(4, 0, 5, SHARE, 1));
        steps(10);

        assertThat(left(10)).isCloseTo(90 + 4, within(1e-6));
    }

    @Test
    void theBudgetBoundsItAndGrowsWithTheStepsThatAreDoneAndLeft() {
        begin();
        eta.examForeseen(new ForeseenExam(60, 0, 2, SHARE, 1));
        steps(10);

        // Half of what a set takes is over.
        assertThat(left(10)).isCloseTo(90 + 2 + SHARE * 100 - 0.5, within(1e-6));
        assertThat(left(50)).isCloseTo(50 + 2 + SHARE * 60 - 0.5, within(1e-6));
    }

    @Test
    void nothingIsAskedWhereTheBudgetIsUsedUp() {
        begin();
        eta.examForeseen(new ForeseenExam(4, 0, -20, SHARE, 1));
        steps(10);

        assertThat(left(10)).isCloseTo(90, within(1e-6));
    }

    @Test
    void askingBetweenStepsComesBackAndSharesTheBudget() {
        begin();
        for (int step = 1; step <= 30; step++) {
            steps(1);
            if (step % 10 == 0) {
                eta.examForeseen(new ForeseenExam(3, 2, 100, SHARE, 1));
                eta.examined(Duration.ofSeconds(2), at(step));
            }
        }
        assertThat(left(30)).as("after 40, 50 … 90, and at the end").isCloseTo(70 + 6 * 2 + 3, within(1e-6));

        eta.examForeseen(new ForeseenExam(3, 2, 1, SHARE, 1));
        assertThat(left(30)).isCloseTo(70 + 1 + SHARE * 70 - 0.5, within(1e-6));
    }

    @Test
    void whatWasAskedIsNotLeft() {
        begin();
        eta.examForeseen(new ForeseenExam(4, 0, 50, SHARE, 1));
        steps(100);
        assertThat(left(100)).isCloseTo(4, within(1e-6));

        eta.examForeseen(new ForeseenExam(4, 0, 46, SHARE, 1));
        eta.examined(Duration.ofSeconds(4), at(100));
        assertThat(left(100)).isZero();
    }

    @Test
    void filesThatWaitAreAskedAfterwardsAsFarAsTheBudgetGoes() {
        begin();
        eta.examForeseen(new ForeseenExam(4, 0, 50, SHARE, 1));
        steps(10);
        assertThat(drain(10)).isCloseTo(390 + 4 * 4, within(1e-6));

        eta.examForeseen(new ForeseenExam(40, 0, 5, SHARE, 1));
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
            test.eta.examForeseen(new ForeseenExam(3, 0, 50, SHARE, 1));
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
