package dev.stepwell.core.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlidingSampleTest {
    @Property
    void medianAndDeviationAreThoseOfTheLatestValues(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(min = -9, max = 9) Integer> values,
            @ForAll @IntRange(min = 1, max = 70) int window) {
        SlidingSample sample = new SlidingSample(window);
        for (int i = 0; i < values.size(); i++) {
            sample.add(values.get(i) / 4.0);

            List<Double> latest = values.subList(Math.max(0, i + 1 - window), i + 1).stream()
                    .map(value -> value / 4.0)
                    .toList();
            double median = median(latest);
            double deviation = 1.4826
                    * median(latest.stream()
                            .map(value -> Math.abs(value - median))
                            .toList());
            assertThat(sample.size()).isEqualTo(latest.size());
            assertThat(sample.median()).isEqualTo(median);
            assertThat(sample.deviation()).isCloseTo(deviation, within(1e-12));
        }
    }

    @Property
    void quantilesLieBetweenTheValuesAroundThem(
            @ForAll @Size(min = 1, max = 100) List<@DoubleRange(min = -1e3, max = 1e3) Double> values,
            @ForAll @DoubleRange(min = 0, max = 1) double fraction) {
        SlidingSample sample = new SlidingSample(100);
        values.forEach(sample::add);

        List<Double> sorted = values.stream().sorted().toList();
        double place = fraction * (sorted.size() - 1);
        double below = sorted.get((int) Math.floor(place));
        double above = sorted.get((int) Math.ceil(place));
        assertThat(sample.quantile(fraction))
                .isCloseTo(below + (place - Math.floor(place)) * (above - below), within(1e-9));
    }

    @Test
    void valuesThatAreSkewedAreFartherAboveTheirMedianThanBelow() {
        SlidingSample skewed = new SlidingSample(1_000);
        SlidingSample normal = new SlidingSample(1_000);
        Noise noise = new Noise(1, 0);
        for (int i = 0; i < 1_000; i++) {
            double value = noise.next();
            normal.add(value);
            skewed.add(Math.exp(value));
        }
        assertThat(normal.deviationAbove()).isCloseTo(1, within(0.05));
        assertThat(skewed.deviationAbove()).isCloseTo((Math.exp(1.2816) - 1) / 1.2816, within(0.2));
        assertThat(skewed.deviation()).isLessThan(1);
    }

    @Test
    void ofNothingThereIsNoMedian() {
        SlidingSample sample = new SlidingSample(4);
        sample.add(1);
        sample.clear();

        assertThat(sample.size()).isZero();
        assertThatThrownBy(sample::median).isInstanceOf(IllegalStateException.class);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
