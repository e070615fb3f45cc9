package dev.stepwell.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.TrainingEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs, with the alerts that each must raise and must not, and how often.
class ReplayedCurvesTest {
    private static final int SEEDS = 40;

    private final Replay replay = new Replay();

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.3, 0.5})
    void noHealthyRunRaisesAnything(double noise) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Replay run = new Replay();
            for (int file = 0; file < 3; file++) {
                run.file(250).losses(Curves.healthy(4 - file, 0.5, 60, noise, 10L * seed + file), 250);
            }
            assertThat(run.opened()).as("noise %s, seed %d", noise, seed).isEmpty();
        }
    }

    @Test
    void theFirstStepsOfANewModelRaiseNothing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(new Replay()
                            .file(200)
                            .losses(Curves.healthy(10, 0.3, 8, 0.05, seed), 200)
                            .opened())
                    .isEmpty();
        }
    }

    @Test
    void aFileOfAnotherLevelRaisesNothing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Replay run = new Replay()
                    .file(150)
                    .losses(Curves.level(0.2, 0.2, seed), 150)
                    .file(150)
                    .losses(Curves.level(4, 0.2, seed + 1_000), 150)
                    .file(150)
                    .losses(Curves.level(0.2, 0.2, seed + 2_000), 150);
            assertThat(run.opened()).isEmpty();
        }
    }

    @Test
    void aSpikeOpensOnceAndIsOverWhenTheLossHasBeenCalm() {
        replay.file(400).losses(Curves.level(1, 0.1, 1), 100).step(7).step(6).step(5);
        assertThat(replay.opened()).containsExactly("loss_spike");
        assertThat(replay.alert("loss_spike").severity()).isEqualTo(Severity.WARNING);
        assertThat(replay.alert("loss_spike").step()).isEqualTo(101);
        assertThat(replay.alert("loss_spike").evidence()).contains("7.00");

        replay.losses(Curves.level(1, 0.1, 2), 31);
        assertThat(replay.standing()).containsExactly("loss_spike");
        replay.losses(Curves.level(1, 0.1, 3), 5);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.losses(Curves.level(1, 0.1, 4), 100).opened()).containsExactly("loss_spike");
    }

    @Test
    void lossesThatJumpNowAndThenAreOneSpike() {
        replay.file(400).losses(Curves.level(1, 0.1, 1), 100);
        for (int i = 0; i < 5; i++) {
            replay.step(6).losses(Curves.level(1, 0.1, i), 20);
        }
        assertThat(replay.opened()).containsExactly("loss_spike");
    }

    @Test
    void aSpikeIsOverInTheNextFileToo() {
        replay.file(100).losses(Curves.level(1, 0.1, 1), 99).step(7);
        replay.file(100).losses(Curves.level(2, 0.1, 2), 40);

        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("loss_spike");
    }

    @Test
    void aLossThatRisesSlowlyDivergesOnce() {
        replay.file(900)
                .losses(Curves.healthy(4, 1, 40, 0.1, 1), 200)
                .losses(i -> Math.exp(i / 150.0) * Curves.level(1, 0.1, i).at(0), 300);

        assertThat(replay.opened()).containsExactly("divergence");
        assertThat(replay.alert("divergence").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(replay.losses(Curves.level(1, 0.1, 9), 100).standing()).doesNotContain("divergence");
    }

    @Test
    void aDivergenceStandsAcrossTheFileUntilTheNextOneHasALevel() {
        replay.file(400).losses(Curves.level(1, 0.1, 1), 200).losses(i -> 1 + i / 50.0, 200);
        assertThat(replay.standing()).containsExactly("divergence");

        replay.file(100).losses(Curves.level(3, 0.1, 2), 31);
        assertThat(replay.standing()).containsExactly("divergence");
        replay.losses(Curves.level(3, 0.1, 3), 40);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("divergence");
    }

    @Test
    void aLossThatFallsNoMoreIsAPlateauUntilItDoes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Replay run = new Replay().file(2_000).losses(Curves.healthy(4, 1, 40, 0.1, seed), 1_500);
            assertThat(run.opened()).as("seed %d", seed).containsExactly("plateau");
            assertThat(run.alert("plateau").severity()).isEqualTo(Severity.INFO);
            assertThat(run.losses(Curves.level(0.5, 0.1, seed), 64).standing()).isEmpty();
        }
    }

    @Test
    void whereNothingIsLeftToLearnThereIsNoPlateau() {
        assertThat(replay.file(1_000)
                        .losses(Curves.healthy(4, 0.01, 40, 0.3, 1), 1_000)
                        .opened())
                .isEmpty();
    }

    @Test
    void aPlateauEndsWithItsFile() {
        replay.file(1_000).losses(Curves.level(1, 0.1, 1), 1_000);
        assertThat(replay.standing()).containsExactly("plateau");
        assertThat(replay.file(100).standing()).isEmpty();
    }

    @Test
    void aStepThatWasRefusedStandsAcrossFailedFilesUntilOneIsFinite() {
        replay.file(100).losses(Curves.level(1, 0.1, 1), 20);
        replay.event(new TrainingEvent.StepRefused(21, Double.NaN, Double.NaN));
        replay.event(new TrainingEvent.RolledBack(20, 10, "the loss is not finite"));
        assertThat(replay.standing()).containsExactly("non_finite_loss");
        assertThat(replay.alert("non_finite_loss").severity()).isEqualTo(Severity.CRITICAL);
        assertThat(replay.alert("non_finite_loss").step()).isEqualTo(21);

        replay.file(100);
        replay.event(new TrainingEvent.StepRefused(1, Double.NaN, Double.NaN));
        assertThat(replay.file(100).standing()).containsExactly("non_finite_loss");
        replay.step(1);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("non_finite_loss");
    }

    @Test
    void aGradientThatIsNotFiniteIsAnotherAlertThanALoss() {
        replay.file(100).step(1).event(new TrainingEvent.StepRefused(2, 1.5, Double.POSITIVE_INFINITY));

        assertThat(replay.opened()).containsExactly("non_finite_gradient");
        assertThat(replay.alert("non_finite_gradient").evidence()).contains("loss 1.5", "Infinity");
    }

    @Test
    void aStepThatWasTakenAndIsNotFiniteStandsUntilOneIs() {
        replay.file(100).step(1).step(Double.NaN);
        assertThat(replay.standing()).containsExactly("non_finite_loss");
        assertThat(replay.step(1).standing()).isEmpty();
    }

    @Test
    void aMachineThatBecomesSlowOpensOnceAndClosesWhenItIsFastAgain() {
        replay.file(2_000);
        slow(300, 1);
        slow(20, 3);
        assertThat(replay.opened()).isEmpty();
        slow(1_400, 3);
        assertThat(replay.opened()).containsExactly("throughput_drop");
        assertThat(replay.standing()).containsExactly("throughput_drop");

        slow(40, 1.4);
        assertThat(replay.standing()).containsExactly("throughput_drop");
        slow(40, 1);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("throughput_drop");
    }

    @Test
    void aMachineThatWavesAroundTheThresholdOpensOnce() {
        replay.file(4_000);
        slow(300, 1);
        for (int i = 0; i < 10; i++) {
            slow(40, 1.8);
            slow(40, 1.5);
        }
        assertThat(replay.opened()).containsExactly("throughput_drop");
    }

    @Test
    void rowsOfAnotherLengthAreNoDropOfSpeed() {
        replay.file(300);
        slow(300, 1);
        replay.tokens(200).file(300);
        slow(300, 1);
        replay.tokens(3_000).file(300);
        slow(300, 12);

        assertThat(replay.opened()).isEmpty();
    }

    @Test
    void quickStepsThatAreHeldUpForAFewSecondsAreNoDropOfSpeed() {
        replay.file(100_000);
        slow(20_000, 0.01);
        for (int i = 0; i < 10; i++) {
            slow(150, 0.03);
            slow(1_000, 0.01);
        }
        assertThat(replay.opened()).isEmpty();

        slow(2_000, 0.03);
        assertThat(replay.opened()).containsExactly("throughput_drop");
    }

    @Test
    void aStepThatDoesNotEndIsStuckAndOneThatEndsIsNot() {
        replay.file(300);
        slow(64, 10);
        replay.quiet(Duration.ofSeconds(99));
        assertThat(replay.standing()).isEmpty();
        replay.quiet(Duration.ofSeconds(101));
        assertThat(replay.standing()).containsExactly("stuck");
        assertThat(replay.alert("stuck").severity()).isEqualTo(Severity.CRITICAL);
        replay.quiet(Duration.ofSeconds(500));
        replay.quiet(Duration.ZERO);
        assertThat(replay.standing()).isEmpty();
        assertThat(replay.opened()).containsExactly("stuck");
    }

    @Test
    void quickStepsAreGivenAMinute() {
        replay.file(300);
        slow(64, 0.1);
        assertThat(replay.quiet(Duration.ofSeconds(59)).opened()).isEmpty();
        assertThat(replay.quiet(Duration.ofSeconds(61)).opened()).containsExactly("stuck");
    }

    @Test
    void beforeStepsAreMeasuredNothingIsStuck() {
        replay.file(300);
        slow(10, 0.1);
        assertThat(replay.quiet(Duration.ofHours(1)).opened()).isEmpty();
    }

    @Test
    void aRealRunRaisesNothing() {
        List<Curves.Recorded> steps = Curves.recorded();
        assertThat(steps).hasSize(300);
        recorded(steps, 300, 1);

        assertThat(replay.opened()).isEmpty();
    }

    @Test
    void aRealRunOnAMachineThatBecomesSlowAndThenSeesAHardRowRaisesJustThat() {
        recorded(Curves.recorded(), 200, 3);
        assertThat(replay.opened()).containsExactly("throughput_drop");
        assertThat(replay.step(12).opened()).containsExactly("throughput_drop", "loss_spike");
    }

    /// @param until steps at the speed that they had; the rest take `times` as long
    private void recorded(List<Curves.Recorded> steps, int until, int times) {
        replay.file(steps.size() + 1);
        for (Curves.Recorded step : steps) {
            replay.tokens(step.tokens());
            replay.step(step.loss(), step.batchStep() > until ? times * step.seconds() : step.seconds());
        }
    }

    private void slow(int steps, double seconds) {
        Replay.Curve curve = Curves.level(0.01, 0.1, 1);
        for (int i = 0; i < steps; i++) {
            replay.step(curve.at(i), seconds);
        }
    }
}
