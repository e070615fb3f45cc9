package dev.stepwell.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Property
    void anAxisHoldsItsValuesAndHasAFewTicks(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
        Scale scale = Scale.of(Math.min(a, b), Math.max(a, b), 4);

        assertThat(scale.share(Math.min(a, b))).isGreaterThanOrEqualTo(-1e-9);
        assertThat(scale.share(Math.max(a, b))).isLessThanOrEqualTo(1 + 1e-9);
        assertThat(scale.ticks()).hasSizeBetween(2, 8).isSorted();
        assertThat(scale.ticks().stream().map(scale::words).distinct()).hasSameSizeAs(scale.ticks());
    }

    @Test
    void ticksAreRoundNumbersInAsManyDigitsAsTheyNeed() {
        assertThat(words(Scale.of(0.61, 7.63, 4))).isEqualTo("0 2 4 6 8");
        assertThat(words(Scale.of(0.012, 0.044, 4))).isEqualTo("0.01 0.02 0.03 0.04 0.05");
        assertThat(words(Scale.of(1_900, 6_100, 4))).isEqualTo("0 2 k 4 k 6 k 8 k");
        assertThat(words(Scale.exact(1, 1_000_000, 5))).isEqualTo("200 k 400 k 600 k 800 k 1,000 k");
        assertThat(words(Scale.exact(1, 5, 5))).isEqualTo("1 2 3 4 5");
    }

    @Test
    void aValueThatNeverChangesHasAnAxisToo() {
        Scale scale = Scale.of(3, 3, 4);

        assertThat(scale.share(3)).isBetween(0.0, 1.0);
        assertThat(scale.high()).isGreaterThan(scale.low());
    }

    private static String words(Scale scale) {
        return String.join(" ", scale.ticks().stream().map(scale::words).toList());
    }
}
