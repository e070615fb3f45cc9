package dev.stepwell.core.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SpeedMeterTest {
    private final SpeedMeter meter = new SpeedMeter();

    @Property
    void theAverageIsThatOfAllTokensByAllOfTheirTime(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 5_000) Integer> steps) {
        SpeedMeter speed = new SpeedMeter();
        double tokens = 0;
        double seconds = 0;
        for (int step : steps) {
            double itsSeconds = step % 7 + 0.1;
            speed.add(step, itsSeconds);
            tokens += step;
            seconds += itsSeconds;
        }

        assertThat(speed.figures().average()).isCloseTo(tokens / seconds, within(1e-6));
    }

    @Test
    void theBaselineIsKnownWhenEnoughStepsAreOld() {
        steps(SpeedMeter.KEPT_BACK + SpeedMeter.LEAST - 1, 100, 1);
        assertThat(meter.figures().baseline()).isNull();

        steps(1, 100, 1);
        assertThat(meter.figures().baseline()).isEqualTo(100);
    }

    @Test
    void whatIsSlowForAWhileDoesNotHideItself() {
        steps(500, 100, 1);
        steps(SpeedMeter.KEPT_BACK, 100, 4);

        SpeedFigures figures = meter.figures();
        assertThat(figures.baseline()).isEqualTo(100);
        assertThat(figures.fastest()).isEqualTo(25);
        assertThat(figures.stepSeconds()).isEqualTo(4);
    }

    @Test
    void oneQuickStepInFourIsFastEnough() {
        for (int i = 0; i < 100; i++) {
            steps(3, 100, 4);
            steps(1, 100, 1);
        }
        assertThat(meter.figures().fastest()).isGreaterThan(25);
    }

    @Test
    void quickStepsAreMeasuredBySeconds() {
        steps(500_000, 100, 0.001);
        assertThat(meter.figures().baseline()).isCloseTo(100_000, within(1.0));

        // A fifth of a second in which nothing went well.
        steps(32, 100, 0.006);
        assertThat(meter.figures().fastest()).isCloseTo(100_000, within(1.0));

        // Half a minute of the same.
        steps(5_500, 100, 0.006);
        assertThat(meter.figures().fastest()).isCloseTo(100 / 0.006, within(1.0));
        assertThat(meter.figures().stepSeconds()).isEqualTo(0.006);
    }

    @Test
    void aFileWhoseStepsHaveAboutAsManyTokensGoesOnWithTheBaseline() {
        steps(500, 100, 1);
        meter.fileStarted();
        steps(40, 130, 1);

        assertThat(meter.figures().baseline()).isEqualTo(100);
    }

    @Test
    void stepsWithFarMoreOrFewerTokensHaveABaselineOfTheirOwn() {
        steps(500, 100, 1);
        meter.fileStarted();
        steps(40, 400, 8);
        assertThat(meter.figures().baseline()).isNull();

        steps(300, 400, 8);
        assertThat(meter.figures().baseline()).isEqualTo(50);
        steps(200, 100, 1);
        assertThat(meter.figures().baseline()).isEqualTo(100);
    }

    @Test
    void theTrendIsThatOfTheFile() {
        for (int i = 0; i < 100; i++) {
            meter.add(100, 1 + 0.02 * i);
        }
        assertThat(meter.figures().trend()).isEqualTo(Trend.WORSENING);

        meter.fileStarted();
        assertThat(meter.figures().trend()).isNull();
        steps(40, 100, 1);
        assertThat(meter.figures().trend()).isEqualTo(Trend.FLAT);
    }

    @Test
    void aStepThatTookNoTimeSaysNothing() {
        meter.add(100, 0);
        assertThat(meter.figures()).isEqualTo(SpeedFigures.NONE);
    }

    private void steps(int count, int tokens, double seconds) {
        for (int i = 0; i < count; i++) {
            meter.add(tokens, seconds);
        }
    }
}
