package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadinessTest {
    private final Steadiness steadiness = new Steadiness(0.06, 2, 0.9);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void beforeAnythingIsSeenTheFirstErrorIsAssumed() {
        assertThat(steadiness.error(100)).isEqualTo(0.06);
    }

    @Test
    void noiseEvensOutOverLongerStretches() {
        for (int i = 0; i < 4_096; i++) {
            steadiness.add(Math.exp(random.nextGaussian(0, 0.4)), 1);
        }

        assertThat(steadiness.error(1)).isBetween(0.35, 0.8);
        assertThat(steadiness.error(64)).isLessThan(steadiness.error(1) / 3);
    }

    @Test
    void spellsThatLastDoNotEvenOutOverShorterOnes() {
        for (int i = 0; i < 4_096; i++) {
            steadiness.add(i / 64 % 2 == 0 ? 1 : 2, 1);
        }

        // Two stretches of 64 differ by ln 2; within a spell, nothing does.
        assertThat(steadiness.error(64)).isCloseTo(Math.log(2), within(0.1));
        assertThat(steadiness.error(4)).isLessThan(0.3);
    }

    @Test
    void theWorkOfAStepIsNoUnsteadiness() {
        for (int i = 1; i < 1_000; i++) {
            steadiness.add(0.1 * i, i);
        }

        assertThat(steadiness.error(8)).isLessThan(0.03);
    }

    @Test
    void stretchesLongerThanWhatWasSeenAreJudgedByTheLongestOfWhichThereAreTwoPairs() {
        for (int i = 0; i < 24; i++) {
            steadiness.add(i / 8 % 2 == 0 ? 1 : 2, 1);
        }

        assertThat(steadiness.error(1e9)).isEqualTo(steadiness.error(8)).isGreaterThan(0.3);
    }
}
