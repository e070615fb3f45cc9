package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.MicroBatch.Block;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BandsTest {
    @Property(tries = 300)
    void everyPositionHasOnePlaceInARowOfItsOwnLengthOrMore(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 90) Integer> lengths) {
        List<Block> rows = rows(lengths);

        Bands bands = Bands.of(rows);

        assertThat(LongStream.of(bands.back()).map(place -> bands.into()[(int) place]))
                .containsExactly(
                        LongStream.range(0, bands.back().length).boxed().toArray(Long[]::new));
        List<Integer> sorted = lengths.stream().sorted().toList();
        int row = 0;
        int start = 0;
        int position = 0;
        for (Block band : bands.blocks()) {
            assertThat(sorted.get(row)).isGreaterThanOrEqualTo(Math.ceilDiv(band.length(), 2));
            assertThat(sorted.get(row + band.rows() - 1)).isEqualTo(band.length());
            for (int i = 0; i < band.rows(); i++) {
                int length = sorted.get(row++);
                for (int j = 0; j < band.length(); j++) {
                    assertThat(bands.into()[start + j]).isEqualTo(position + Math.min(j, length - 1));
                }
                start += band.length();
                position += length;
            }
        }
        assertThat(row).isEqualTo(lengths.size());
    }

    @Property(tries = 100)
    void rowsOfLikeLengthMakeOneBand(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 40, max = 80) Integer> lengths) {
        assertThat(Bands.of(rows(lengths)).blocks()).hasSize(1);
    }

    private static List<Block> rows(List<Integer> lengths) {
        List<Example> examples = lengths.stream()
                .map(length -> new Example(new int[length], new BitSet()))
                .toList();
        return MicroBatch.of(examples, RowLayout.PACKED, 0).blocks();
    }
}
