package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EvenSampleTest {
    @Property
    void noPartOfTheSequenceIsLeftOut(
            @ForAll @IntRange(min = 0, max = 5_000) int length, @ForAll @IntRange(min = 1, max = 70) int size) {
        EvenSample<Integer> sample = new EvenSample<>(size);
        IntStream.range(0, length).forEach(i -> sample.offer(() -> i));
        List<Integer> chosen = sample.sample();
        assertThat(chosen).hasSize(Math.min(length, size)).isSorted().doesNotHaveDuplicates();
        int previous = -1;
        for (int index : chosen) {
            assertThat(index - previous).isLessThanOrEqualTo(4 * length / size + 1);
            previous = index;
        }
    }
}
