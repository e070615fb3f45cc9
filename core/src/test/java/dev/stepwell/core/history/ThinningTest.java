package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final long[] NO_FILES = {};

    @Property
    void theEndsOfEveryFileAndTheExtremesOfEveryBucketStay(
            @ForAll @Size(min = 1, max = 200) double @DoubleRange(min = -9, max = 9) [] loss,
            @ForAll @LongRange(max = 1_000) long first,
            @ForAll @IntRange(min = 1, max = 64) int width,
            @ForAll @Size(max = 6) @LongRange(max = 1_300) long[] files) {
        long[] steps = LongStream.range(first, first + loss.length).toArray();
        long[] bases = LongStream.of(files).sorted().distinct().toArray();

        BitSet kept = Thinning.kept(steps, new double[][] {loss}, width, bases);

        assertThat(kept.get(0)).isTrue();
        assertThat(kept.get(loss.length - 1)).isTrue();
        for (long base : bases) {
            for (long end : new long[] {base, base + 1}) { // The last step of one file and the first of the next.
                if (end >= first && end < first + loss.length) {
                    assertThat(kept.get((int) (end - first)))
                            .as("step %d beside a file", end)
                            .isTrue();
                }
            }
        }
        IntStream.range(0, loss.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> steps[i] / width))
                .values()
                .forEach(bucket -> {
                    double[] all = bucket.stream().mapToDouble(i -> loss[i]).toArray();
                    double[] left = bucket.stream()
                            .filter(kept::get)
                            .mapToDouble(i -> loss[i])
                            .toArray();
                    assertThat(DoubleSummary.of(left)).isEqualTo(DoubleSummary.of(all));
                });
    }

    private record DoubleSummary(double least, double most) {
        static DoubleSummary of(double... values) {
            var summary = DoubleStream.of(values).summaryStatistics();
            return new DoubleSummary(summary.getMin(), summary.getMax());
        }
    }

    @Property
    void whatStaysOfWhatStaysIsTheSame(
            @ForAll @Size(min = 1, max = 200) double @DoubleRange(min = -9, max = 9) [] loss,
            @ForAll @IntRange(min = 1, max = 64) int width) {
        long[] steps = LongStream.range(0, loss.length).toArray();
        int[] once = Thinning.kept(steps, new double[][] {loss}, width, NO_FILES).stream()
                .toArray();

        BitSet again = Thinning.kept(
                IntStream.of(once).asLongStream().toArray(),
                new double[][] {IntStream.of(once).mapToDouble(i -> loss[i]).toArray()},
                width,
                NO_FILES);

        assertThat(again.cardinality()).isEqualTo(once.length);
    }

    @Test
    void ofALongFlatStretchNextToNothingStays() {
        long[] steps = LongStream.range(0, 4_096).toArray();

        BitSet kept = Thinning.kept(steps, new double[][] {new double[4_096], new double[4_096]}, 16, NO_FILES);

        assertThat(kept.cardinality()).isEqualTo(4_096 / 16 + 1);
    }

    @Test
    void whereALossWasNotFiniteIsSeenAfterwardsToo() {
        long[] steps = LongStream.range(0, 64).toArray();
        double[] loss = new double[64];
        loss[37] = Double.NaN;
        loss[38] = Double.NaN;

        BitSet kept = Thinning.kept(steps, new double[][] {loss}, 32, NO_FILES);

        assertThat(kept.stream()).contains(37).doesNotContain(38);
    }
}
