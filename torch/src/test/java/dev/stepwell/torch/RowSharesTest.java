package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.RowLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSharesTest {
    private static final long SMALL = 1_000_000;
    private static final long LARGE = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "2, 2", "2, 3", "3, 2", "4, 16", "7, 64", "64, 10"})
    void everyRowIsInOnePassOfOneThread(int threads, int count) {
        List<Example> rows = rows(lengths(count));
        for (long parameters : List.of(SMALL, LARGE)) {
            for (RowLayout layout : RowLayout.values()) {
                List<List<List<Example>>> shares = new RowShares(threads, parameters, layout).of(rows);

                assertThat(shares)
                        .hasSizeLessThanOrEqualTo(threads)
                        .allSatisfy(share -> assertThat(share).isNotEmpty());
                assertThat(shares.stream().flatMap(List::stream).flatMap(List::stream))
                        .containsExactlyInAnyOrderElementsOf(rows);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, PACKED", "1000000, PADDED", "1000000000, PACKED", "1000000000, PADDED"})
    void noThreadHasMoreToDoThanAnotherByMoreThanItsShortestPass(long parameters, RowLayout layout) {
        List<List<List<Example>>> shares = new RowShares(3, parameters, layout).of(rows(lengths(40)));

        long most =
                shares.stream().mapToLong(share -> tokens(share, layout)).max().orElseThrow();
        assertThat(shares)
                .hasSize(3)
                .allSatisfy(share -> assertThat(most - tokens(share, layout))
                        .isLessThanOrEqualTo(tokens(
                                shares.stream()
                                        .filter(s -> tokens(s, layout) == most)
                                        .findFirst()
                                        .orElseThrow()
                                        .subList(0, 1),
                                layout)));
    }

    @Test
    void ofALargeModelARowIsAPassSoThatNothingIsPadded() {
        List<List<List<Example>>> shares = new RowShares(2, LARGE, RowLayout.PADDED).of(rows(150, 300, 180, 140));

        assertThat(lengths(shares))
                .containsExactly(List.of(List.of(300), List.of(140)), List.of(List.of(180), List.of(150)));
    }

    @Test
    void ofALargeModelShortRowsShareAPass() {
        assertThat(lengths(new RowShares(1, LARGE, RowLayout.PADDED).of(rows(30, 20, 35, 25, 200))))
                .containsExactly(List.of(List.of(200), List.of(20, 25, 30), List.of(35)));
    }

    @Test
    void ofASmallModelEachThreadHasOnePass() {
        assertThat(lengths(new RowShares(2, SMALL, RowLayout.PADDED).of(rows(33, 31, 32, 34))))
                .containsExactly(List.of(List.of(33, 34)), List.of(List.of(31, 32)));
    }

    @Test
    void packedRowsOfAnyLengthShareAPassAsLongAsTheirTokensAreFew() {
        assertThat(lengths(new RowShares(1, LARGE, RowLayout.PACKED).of(rows(1, 20, 100, 7, 200))))
                .containsExactly(List.of(List.of(200), List.of(1, 7, 20, 100)));
        assertThat(lengths(new RowShares(1, LARGE, RowLayout.PADDED).of(rows(1, 20, 100, 7, 200))))
                .containsExactly(List.of(List.of(200), List.of(100), List.of(1, 7, 20)));
    }

    private static List<List<List<Integer>>> lengths(List<List<List<Example>>> shares) {
        return shares.stream()
                .map(share -> share.stream()
                        .map(pass -> pass.stream().map(row -> row.ids().length).toList())
                        .toList())
                .toList();
    }

    private static long tokens(List<List<Example>> share, RowLayout layout) {
        return share.stream().mapToLong(layout::tokens).sum();
    }

    private static int[] lengths(int count) {
        return new Random(count).ints(count, 5, 400).toArray();
    }

    private static List<Example> rows(int... lengths) {
        return IntStream.of(lengths)
                .mapToObj(length -> new Example(new int[length], new BitSet()))
                .toList();
    }
}
