package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class LinearShareTest {
    private final LinearShare share = new LinearShare(0.9, 0.05, 1, 1);

    @Property
    void whatIsPartlyProportionalIsFound(@ForAll @DoubleRange(min = 0, max = 1) double truth) {
        LinearShare learnt = new LinearShare(0.9, 0.05, 1, 1);
        for (int i = 0; i < 200; i++) {
            double x = 100 + 20 * (i % 10);
            learnt.add(x, 3 * (1 - truth + truth * x / 190));
        }

        assertThat(learnt.share()).isCloseTo(truth, within(0.01));
        assertThat(learnt.at(380)).isCloseTo(3 * (1 + truth), within(0.05));
    }

    @Test
    void whereNothingVariesNothingIsLearnt() {
        for (int i = 0; i < 50; i++) {
            share.add(100, 2);
        }

        assertThat(share.share()).isCloseTo(0.9, within(1e-9));
        assertThat(share.at(100)).isCloseTo(2, within(1e-9));
    }

    @Test
    void whatIsNotPositiveSaysNothing() {
        share.add(0, 5);
        share.add(5, 0);

        assertThat(share.isEmpty()).isTrue();
        assertThat(share.relative(7)).isEqualTo(1);
    }

    @Test
    void farBelowWhatWasSeenSomethingIsLeft() {
        for (int i = 1; i <= 50; i++) {
            share.add(1_000 + i, (100 + i) * 1e-3); // Steeper than proportional.
        }

        assertThat(share.at(1e-9)).isPositive();
    }
}
