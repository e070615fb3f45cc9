package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LttbTest {
    @Property
    void keepsAsManyAsAskedInOrderWithTheFirstAndTheLast(
            @ForAll @Size(min = 3, max = 300) double @DoubleRange(min = -1e6, max = 1e6) [] values,
            @ForAll @IntRange(min = 2, max = 100) int asked) {
        int points = Math.min(asked, values.length);

        int[] kept = Lttb.select(LongStream.range(0, values.length).toArray(), values, points);

        assertThat(kept).hasSize(points).startsWith(0).endsWith(values.length - 1);
        assertThat(IntStream.range(1, points).allMatch(i -> kept[i] > kept[i - 1]))
                .as("ascending: %s", Arrays.toString(kept))
                .isTrue();
    }

    @Test
    void aSpikeSurvivesWhereEveryHundredthPointWouldLoseIt() {
        double[] flat = new double[10_000];
        flat[4_321] = 5;

        int[] kept = Lttb.select(LongStream.range(0, flat.length).toArray(), flat, 100);

        assertThat(kept).contains(4_321);
    }

    @Test
    void oldPointsThatLieFarApartGetAsMuchRoomAsNewOnes() {
        long[] x = LongStream.concat(
                        LongStream.range(0, 1_000).map(i -> i * 1_000), LongStream.range(1_000_000, 1_010_000))
                .toArray();
        double[] y = new double[x.length];

        int[] kept = Lttb.select(x, y, 500);

        assertThat(Arrays.stream(kept).filter(i -> i < 1_000))
                .as("of the first 99 %")
                .hasSizeGreaterThan(480);
        assertThat(kept).hasSizeLessThanOrEqualTo(500).startsWith(0).endsWith(x.length - 1);
    }

    /// Worked out by hand: two buckets, {1, 2} and {3, 4}, between the ends.
    @Test
    void theLargestTriangleDecides() {
        long[] x = {0, 1, 2, 3, 4, 5};
        double[] y = {0, 1, 4, -3, 0, 0};

        assertThat(Lttb.select(x, y, 4)).containsExactly(0, 2, 3, 5);
    }

    @Test
    void fewerThanTwoPointsOrMoreThanThereAreAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lttb.select(new long[3], new double[3], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Lttb.select(new long[3], new double[3], 4));
    }
}
