package dev.stepwell.core.signals;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.signals.LossFigures.Level;
import org.junit.jupiter.api.Test;

class LossMeterTest {
    private final LossMeter meter = new LossMeter();

    @Test
    void beforeTheFirstLossThereIsNothing() {
        assertThat(meter.figures()).isNull();
    }

    @Test
    void theNewestIsHeldAgainstThoseBeforeItAndNotAgainstItself() {
        add(64, 2);
        meter.add(9);

        LossFigures figures = figures();
        assertThat(figures.newest()).isEqualTo(9);
        assertThat(requireNonNull(figures.usual()).median()).isEqualTo(2);
        assertThat(figures.usual().deviation()).isZero();
    }

    @Test
    void fewLossesHaveNoUsualNoTrendAndNoLevel() {
        add(15, 2);
        assertThat(figures().usual()).isNull();
        add(16, 2);
        assertThat(figures().usual()).isNotNull();
        assertThat(figures().trend()).isNull();
        assertThat(figures().level()).isNull();
        add(1, 2);
        assertThat(figures().trend()).isEqualTo(Trend.FLAT);
        assertThat(level()).isEqualTo(new Level(2, 2, 2, 0, null));
    }

    @Test
    void aLossThatFallsImprovesAndOneThatRisesWorsens() {
        Noise noise = new Noise(1, 0);
        for (int i = 0; i < 100; i++) {
            meter.add(3 - 0.02 * i + 0.2 * noise.next());
        }
        assertThat(figures().trend()).isEqualTo(Trend.IMPROVING);
        for (int i = 0; i < 200; i++) {
            meter.add(1 + 0.02 * i + 0.2 * noise.next());
        }
        assertThat(figures().trend()).isEqualTo(Trend.WORSENING);
    }

    @Test
    void theLevelRemembersItsFirstAndItsBest() {
        add(32, 2);
        add(32, 1);
        add(40, 1.5);

        assertThat(level()).isEqualTo(new Level(2, 1.5, 1, 0, null));
        assertThat(level().rise()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void whatWasGainedLatelyIsKnownWhenThereWasABefore() {
        add(Level.WINDOW - 1 + Level.LATELY, 2);
        assertThat(level().gain()).isNull();
        add(1, 2);
        assertThat(level().gain()).isZero();
        add(32, 1.5);
        assertThat(level().gain()).isEqualTo(0.5);
        add(Level.LATELY + Level.WINDOW, 1.6);
        assertThat(level().gain()).isCloseTo(-0.1, within(1e-12));
    }

    @Test
    void aFewOddLossesDoNotMoveTheLevel() {
        add(32, 1);
        add(10, 50);
        assertThat(level().now()).isOne();
    }

    private void add(int times, double loss) {
        for (int i = 0; i < times; i++) {
            meter.add(loss);
        }
    }

    private LossFigures figures() {
        return requireNonNull(meter.figures());
    }

    private Level level() {
        return requireNonNull(figures().level());
    }
}
