package dev.stepwell.core.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MovingMomentsTest {
    @Property
    void meanAndVarianceAreThoseOfTheWeightedValues(
            @ForAll @Size(min = 2, max = 300) List<@DoubleRange(min = -100, max = 100) Double> values,
            @ForAll @DoubleRange(min = 0.5, max = 100) double halfLife) {
        MovingMoments moments = new MovingMoments(halfLife);
        values.forEach(moments::add);

        double[] weights = IntStream.range(0, values.size())
                .mapToDouble(i -> Math.pow(2, -(values.size() - 1 - i) / halfLife))
                .toArray();
        double sum = 0;
        double squaredWeights = 0;
        double mean = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i];
            squaredWeights += weights[i] * weights[i];
            mean += weights[i] * values.get(i);
        }
        mean /= sum;
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            squares += weights[i] * (values.get(i) - mean) * (values.get(i) - mean);
        }
        assertThat(moments.mean()).isCloseTo(mean, within(1e-9));
        assertThat(moments.variance()).isCloseTo(squares / (sum - squaredWeights / sum), within(1e-6));
    }

    @Test
    void aValueCountsHalfAfterTheHalfLife() {
        MovingMoments moments = new MovingMoments(20);
        for (int i = 0; i < 2_000; i++) {
            moments.add(0);
        }
        for (int i = 0; i < 20; i++) {
            moments.add(1);
        }

        assertThat(moments.mean()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void nothingIsKnownOfNothingAndNoVarianceOfASingleValue() {
        MovingMoments moments = new MovingMoments(20);
        assertThat(moments.mean()).isNull();

        moments.add(3);
        assertThat(moments.mean()).isEqualTo(3);
        assertThat(moments.variance()).isNull();
    }
}
