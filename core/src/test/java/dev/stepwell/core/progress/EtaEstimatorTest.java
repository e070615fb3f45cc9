package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EtaEstimatorTest {
    static final long SECOND = 1_000_000_000;
    static final int TOKENS = 500;

    private final EtaEstimator eta = new EtaEstimator();

    @BeforeEach
    void aFileIsInTraining() {
        begin(10_000);
    }

    @Test
    void stepsThatACheckpointBroughtAlongDoNotChangeTheRate() {
        steps(10, SECOND);

        assertThat(seconds(new Progress(5_000, 1_000, 1_060, 1, 1))).isCloseTo(60, within(1e-9));
        assertThat(seconds(new Progress(0, 0, 60, 1, 1))).isCloseTo(60, within(1e-9));
    }

    @Test
    void aStepThatHungHardlyMatters() {
        steps(50, SECOND);
        eta.step(600 * SECOND, TOKENS);
        steps(50, SECOND);

        assertThat(seconds(new Progress(0, 0, 100, 1, 1))).isBetween(100.0, 104.0);
    }

    @Test
    void theLessIsLeftTheMoreCountsWhatWasLast() {
        steps(300, SECOND);
        steps(30, 2 * SECOND);

        assertThat(seconds(new Progress(0, 9_990, 10_000, 1, 1)) / 10).isGreaterThan(1.6);
        assertThat(seconds(new Progress(0, 9_000, 10_000, 1, 1)) / 1_000).isLessThan(1.2);
    }

    @Test
    void aStepTakesAsLongAsItHasTokens() {
        for (int i = 0; i < 100; i++) {
            eta.step(SECOND * (100 + i) / 100, 100 + i);
        }
        eta.claimed(1, 0, new Progress(0, 0, 10, 1, 1));
        eta.prepared(Duration.ZERO, new Progress(0, 0, 10, 1, 1));
        eta.counted(10 * 300, new Progress(0, 0, 10, 1, 1));

        assertThat(seconds(new Progress(0, 0, 10, 1, 1))).isCloseTo(30, within(1.5));
    }

    @Test
    void tokensThatAreDoneAreNotLeft() {
        eta.prepared(Duration.ZERO, new Progress(0, 0, 200, 1, 1));
        eta.counted(100 * 100 + 100 * 1_035, new Progress(0, 0, 200, 1, 1));
        for (int i = 0; i < 100; i++) {
            eta.step(SECOND + i % 7 * SECOND / 20, 900 + 45 * (i % 7));
        }

        // Half of the steps are left, and hardly a tenth of the tokens.
        assertThat(seconds(new Progress(0, 100, 200, 1, 1))).isLessThan(30);
    }

    @Test
    void tokensOfWaitingFilesFollowFromTheirSize() {
        trained(400_000, 0);
        Progress done = new Progress(0, 100, 100, 1, 3);

        double like = known(eta.drain(done, new Backlog(1, 100, 400_000))).seconds();
        double half = known(eta.drain(done, new Backlog(1, 100, 200_000))).seconds();
        assertThat(like).isCloseTo(100, within(2.0));
        assertThat(half).isCloseTo(50, within(5.0));
    }

    @Test
    void tokensOfWaitingFilesAreThoseOfTheirSamplesWhateverTheirSize() {
        trained(400_000, 0);
        Progress done = new Progress(0, 100, 100, 1, 3);

        Eta cut = known(eta.drain(done, new Backlog(1, 100, 4_000_000, 100 * 500)));
        assertThat(cut.seconds()).isCloseTo(50, within(5.0));
        assertThat(cut.high() / cut.seconds())
                .as("known better than from the size")
                .isLessThan(highOf(eta.drain(done, new Backlog(1, 100, 200_000))));

        Progress next = new Progress(0, 0, 100, 2, 3);
        eta.claimed(4_000_000, 100 * 500, next);
        assertThat(seconds(next)).as("its own, before its rows are read").isCloseTo(cut.seconds(), within(1.0));
    }

    @Test
    void samplesThatWereWrongMakeTheRangeOfWhatWaitsWider() {
        Backlog waiting = new Backlog(1, 100, 1, 100 * 1_000);
        double before = Double.NaN;
        for (int file = 0; file < 4; file++) {
            trained(1, 100 * 700);
            double now = highOf(eta.drain(new Progress(0, 100, 100, 1, 3), waiting));
            assertThat(now).isGreaterThan(Double.isNaN(before) ? 1 : before);
            before = file == 0 ? now : before;
        }
    }

    /// A file of 100 steps of a thousand tokens, more or less, and of a millisecond for each.
    private void trained(long bytes, long expectedTokens) {
        Progress planned = new Progress(0, 0, 100, 1, 3);
        eta.claimed(bytes, expectedTokens, planned);
        eta.counted(100 * 1_000, planned);
        for (int i = 0; i < 100; i++) {
            eta.step(SECOND * (900 + 2 * i) / 1_000, 900 + 2 * i);
        }
    }

    private static double highOf(@Nullable Eta eta) {
        Eta known = known(eta);
        return known.high() / known.seconds();
    }

    @Test
    void evaluationsAndSavesComeBackAsOftenAsTheyDid() {
        for (int i = 1; i <= 50; i++) {
            eta.step(SECOND, TOKENS);
            if (i % 10 == 0) {
                eta.evaluated(Duration.ofSeconds(2), new Progress(0, i, 150, 1, 1));
            }
        }
        eta.saved(Duration.ofSeconds(5), new Progress(0, 50, 150, 1, 1));

        // Steps 51 to 150: evaluations after 60 … 140, a save after 100, and the end's, as long as any.
        assertThat(seconds(new Progress(0, 50, 150, 1, 1))).isCloseTo(100 + 9 * 2 + 5 + 5, within(1e-6));
    }

    @Test
    void whatComesBackAfterTheStepThatWasJustDoneIsStillAhead() {
        for (int i = 1; i <= 60; i++) {
            eta.step(SECOND, TOKENS);
            if (i % 10 == 0 && i < 60) {
                eta.evaluated(Duration.ofSeconds(2), new Progress(0, i, 150, 1, 1));
            }
        }
        assertThat(seconds(new Progress(0, 60, 150, 1, 1))).isCloseTo(90 + 9 * 2, within(1e-6));
        eta.evaluated(Duration.ofSeconds(2), new Progress(0, 60, 150, 1, 1));
        assertThat(seconds(new Progress(0, 60, 150, 1, 1))).isCloseTo(90 + 8 * 2, within(1e-6));
    }

    @Test
    void aCheckpointForAPauseDoesNotMakeThemMoreFrequent() {
        for (int i = 1; i <= 400; i++) {
            eta.step(SECOND, TOKENS);
            if (i % 100 == 0 || i == 317) {
                eta.saved(Duration.ofSeconds(5), new Progress(0, i, 1_000, 1, 1));
            }
        }

        assertThat(seconds(new Progress(0, 400, 1_000, 1, 1))).isCloseTo(600 + 5 * 5 + 5, within(1e-6));
    }

    @Test
    void theFirstCheckpointForAPauseDoesNotComeBack() {
        steps(2, SECOND);
        eta.saved(Duration.ofSeconds(5), new Progress(0, 2, 300, 1, 1));
        eta.paused();
        steps(98, SECOND);
        assertThat(seconds(new Progress(0, 100, 300, 1, 1))).isCloseTo(200 + 5, within(1e-6));

        eta.saved(Duration.ofSeconds(5), new Progress(0, 100, 300, 1, 1));
        steps(1, SECOND);
        assertThat(seconds(new Progress(0, 101, 300, 1, 1))).isCloseTo(199 + 5 + 5, within(1e-6));
    }

    @Test
    void aCheckpointInItsTurnComesBackAlthoughSomebodyPausesAtIt() {
        for (int i = 1; i <= 400; i++) {
            eta.step(SECOND, TOKENS);
            if (i % 100 == 0) {
                eta.saved(Duration.ofSeconds(5), new Progress(0, i, 1_000, 1, 1));
                if (i > 200) {
                    eta.paused();
                }
            }
        }
        steps(1, SECOND);

        assertThat(seconds(new Progress(0, 401, 1_000, 1, 1))).isCloseTo(599 + 5 * 5 + 5, within(1e-6));
    }

    @Test
    void whatWaitsIsOpenedEvaluatedSavedAndClosed() {
        finishFile(Duration.ofSeconds(3), Duration.ofSeconds(7));
        begin(100);

        Eta drain = known(eta.drain(new Progress(0, 0, 100, 2, 5), new Backlog(3, 300, 1)));

        // Four files of 100 steps, each with three seconds before and seven after.
        assertThat(drain.seconds()).isCloseTo(400 + 4 * (3 + 7), within(1e-6));
    }

    @Test
    void whatWasSpentOfAnOpeningOrAClosingIsNotLeft() {
        finishFile(Duration.ofSeconds(3), Duration.ofSeconds(7));
        begin(100);
        eta.evaluated(Duration.ofSeconds(2), new Progress(0, 0, 100, 2, 2));
        assertThat(seconds(new Progress(0, 0, 100, 2, 2))).isCloseTo(100 + 1 + 7, within(1e-6));

        steps(100, SECOND);
        Progress all = new Progress(0, 100, 100, 2, 2);
        eta.evaluated(Duration.ofSeconds(6), all);
        assertThat(seconds(all)).isCloseTo(1, within(1e-6));
        eta.saved(Duration.ofSeconds(60), all);
        assertThat(seconds(all)).isZero();
    }

    @Test
    void beforeTheFirstFileIsClosedItsEndIsThoughtToBeLikeItsBeginning() {
        begin(100);
        eta.evaluated(Duration.ofSeconds(3), new Progress(0, 0, 100, 1, 1));
        steps(10, SECOND);

        assertThat(seconds(new Progress(0, 10, 100, 1, 1))).isCloseTo(90 + 3, within(1e-6));
    }

    @Test
    void theFirstFileIsReadBeforeItsTurnAsNoOtherIs() {
        EtaEstimator fresh = new EtaEstimator();
        Progress planned = new Progress(0, 0, 10, 1, 2);
        fresh.claimed(1, 0, planned);
        fresh.prepared(Duration.ofSeconds(60), planned);
        for (int i = 0; i < 10; i++) {
            fresh.step(SECOND, TOKENS);
        }

        assertThat(known(fresh.drain(new Progress(0, 10, 10, 1, 2), new Backlog(1, 10, 1)))
                        .seconds())
                .isCloseTo(10, within(1e-6));
    }

    @Test
    void theMoreStepsVaryTheWiderTheRange() {
        steps(64, SECOND);
        Eta even = known(eta.file(new Progress(0, 0, 100, 1, 1)));
        EtaEstimator uneven = new EtaEstimator();
        for (int i = 0; i < 64; i++) {
            uneven.step(i / 16 % 2 == 0 ? SECOND : 2 * SECOND, TOKENS);
        }
        Eta wide = known(uneven.file(new Progress(0, 0, 100, 1, 1)));

        assertThat(wide.high() / wide.low()).isGreaterThan(1.5 * (even.high() / even.low()));
    }

    @Test
    void theMoreTokensOfFilesDifferFromWhatTheirSizesSayTheWiderTheRange() {
        EtaEstimator alike = afterFilesOf(1_000, 1_000, 1_000, 1_000);
        EtaEstimator unlike = afterFilesOf(1_000, 2_000, 500, 1_500);
        Backlog waiting = new Backlog(2, 200, 200_000);
        Eta narrow = known(alike.drain(new Progress(0, 10, 10, 4, 6), waiting));
        Eta wide = known(unlike.drain(new Progress(0, 10, 10, 4, 6), waiting));

        assertThat(wide.high() / wide.low()).isGreaterThan(1.5 * (narrow.high() / narrow.low()));
    }

    @Test
    void whatIsDoneTakesNoTime() {
        steps(3, SECOND);

        assertThat(eta.file(new Progress(0, 118, 118, 1, 1))).isEqualTo(new Eta(0, 0, 0));
    }

    private EtaEstimator afterFilesOf(int... tokensPerStep) {
        EtaEstimator fresh = new EtaEstimator();
        for (int tokens : tokensPerStep) {
            Progress planned = new Progress(0, 0, 10, 1, 1);
            fresh.claimed(10_000, 0, planned);
            fresh.prepared(Duration.ZERO, planned);
            fresh.counted(10L * tokens, planned);
            for (int i = 0; i < 10; i++) {
                fresh.step(SECOND * tokens / 1_000, tokens);
            }
        }
        return fresh;
    }

    /// A file of ten steps with an evaluation before it, and a checkpoint and filing after it.
    private void finishFile(Duration before, Duration after) {
        begin(10);
        eta.evaluated(before, new Progress(0, 0, 10, 1, 1));
        steps(10, SECOND);
        eta.saved(after.minusSeconds(1), new Progress(0, 10, 10, 1, 1));
        eta.left(Duration.ofSeconds(1));
    }

    private void begin(long steps) {
        Progress planned = new Progress(0, 0, steps, 1, 1);
        eta.claimed(0, 0, planned);
        eta.prepared(Duration.ZERO, planned);
    }

    private void steps(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            eta.step(nanos, TOKENS);
        }
    }

    private double seconds(Progress progress) {
        return known(eta.file(progress)).seconds();
    }

    static Eta known(@Nullable Eta eta) {
        return Objects.requireNonNull(eta);
    }
}
