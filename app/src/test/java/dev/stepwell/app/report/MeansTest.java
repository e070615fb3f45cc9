package dev.stepwell.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.history.Curve;
import org.junit.jupiter.api.Test;

class MeansTest {
    /// Worked out by hand: two stretches of three steps, of which the second has a gap.
    @Test
    void eachStretchIsItsMeanAtItsMiddle() {
        Curve curve =
                new Curve(new long[] {1, 2, 3, 4, 6}, new long[] {10, 20, 30, 40, 60}, new double[] {1, 2, 6, 4, 8});

        Curve means = Means.of(curve, 2);

        assertThat(means.steps()).containsExactly(2, 4);
        assertThat(means.at()).containsExactly(20, 40);
        assertThat(means.values()).containsExactly(3, 6);
    }

    @Test
    void stretchesWithoutAStepAreLeftOut() {
        Curve curve = new Curve(new long[] {0, 100}, new long[] {0, 1}, new double[] {5, 7});

        assertThat(Means.of(curve, 10).values()).containsExactly(5, 7);
    }
}
