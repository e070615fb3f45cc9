package dev.stepwell.core.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlopeTestTest {
    private static final int SERIES = 4_000;
    private static final int LENGTH = 128;

    @Property
    void slopeAndErrorAreThoseOfALineThroughTheBlocks(
            @ForAll @Size(min = SlopeTest.LEAST, max = 150) List<@DoubleRange(min = -5, max = 5) Double> values) {
        double[] y = values.stream().mapToDouble(Double::doubleValue).toArray();
        SlopeTest test = SlopeTest.of(y);

        double[] blocks = blocks(values);
        double slope = leastSquares(blocks);
        assertThat(test.slope()).isCloseTo(slope, within(1e-9));
        if (test.t() != 0) {
            double squares = IntStream.range(1, blocks.length)
                    .mapToDouble(i -> Math.pow(blocks[i] - blocks[i - 1], 2))
                    .sum();
            assertThat(test.t()).isCloseTo(slope / Math.sqrt(squares / 14 / 42), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0, 0.014", "0.3, 0.015", "0.6, 0.02", "0.8, 0.03", "0.9, 0.06"})
    void noiseWithoutASlopeSeldomPassesForOne(double alike, double most) {
        assertThat(found(alike, 0)).isBetween(0.006, most);
    }

    @ParameterizedTest
    @CsvSource({"0.0, 2.0, 0.93", "0.0, -2.0, 0.93", "0.3, 3.0, 0.9", "0.6, 4.0, 0.9"})
    void aRealSlopeIsFound(double alike, double change, double least) {
        assertThat(found(alike, change)).isGreaterThan(least);
    }

    @Test
    void aCurveThatFallsSmoothlyIsNoNoise() {
        assertThat(SlopeTest.of(series(i -> Math.exp(-i / 20.0))).direction()).isNegative();
        assertThat(SlopeTest.of(series(i -> 1 / (1 + 0.02 * i))).direction()).isNegative();
        assertThat(SlopeTest.of(series(i -> 3 - 0.01 * i)).direction()).isNegative();
        assertThat(SlopeTest.of(series(i -> 3 + 0.01 * i)).direction()).isPositive();
    }

    @Test
    void aCurveThatComesBackHasNoDirection() {
        assertThat(SlopeTest.of(series(i -> Math.pow(i - (LENGTH - 1) / 2.0, 2)))
                        .direction())
                .isZero();
    }

    @Test
    void whatIsConstantHasNoSlopeWhateverItsRounding() {
        assertThat(SlopeTest.of(series(i -> 0.1)).t()).isZero();
        assertThat(SlopeTest.of(series(i -> 1e9 + 0.1)).t()).isZero();
    }

    @Test
    void whatOverflowsIsNoTrend() {
        assertThat(SlopeTest.of(series(i -> i / 16 % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE))
                        .direction())
                .isZero();
    }

    @Test
    void tooFewValuesAreRefused() {
        assertThatThrownBy(() -> SlopeTest.of(new double[SlopeTest.LEAST - 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// The share of series in which a slope is found.
    ///
    /// @param change over the whole series, in standard deviations of the noise
    private static double found(double alike, double change) {
        int found = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            Noise noise = new Noise(seed, alike);
            double[] y = series(i -> noise.next() + change * i / (LENGTH - 1));
            found += SlopeTest.of(y).direction() != 0 ? 1 : 0;
        }
        return (double) found / SERIES;
    }

    private static double[] series(IntToDoubleFunction value) {
        return IntStream.range(0, LENGTH).mapToDouble(value).toArray();
    }

    private static double[] blocks(List<Double> values) {
        int length = values.size() / 8;
        List<Double> latest = values.subList(values.size() - 8 * length, values.size());
        return IntStream.range(0, 8)
                .mapToDouble(block -> latest.subList(block * length, (block + 1) * length).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /// By the normal equations.
    private static double leastSquares(double[] y) {
        double n = y.length;
        double sumX = 0;
        double sumY = 0;
        double sumXX = 0;
        double sumXY = 0;
        for (int i = 0; i < y.length; i++) {
            sumX += i;
            sumY += y[i];
            sumXX += (double) i * i;
            sumXY += i * y[i];
        }
        return (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX);
    }
}
