package dev.stepwell.torch.model;

import dev.stepwell.torch.model.MicroBatch.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of like length filled up to the longest of them, so that attention takes them with few calls: for hardware on
/// which a call costs more than the padding.
///
/// ```
///  positions:   ▪▪▪▪ ▬▬▬▬▬▬ ▬▬▬▬▬▬▬ ▭▭▭▭▭▭▭▭▭▭▭▭▭▭▭▭
///  bands:       ▪▪▪▪···  ▬▬▬▬▬▬·  ▬▬▬▬▬▬▬                  3 × 7
///               ▭▭▭▭▭▭▭▭▭▭▭▭▭▭▭▭                           1 × 16
/// ```
///
/// In a band no row is less than half as long as the longest.
///
/// @param blocks the bands
/// @param into   for each place in a band, the position that goes there; where there is none, the last of its row
/// @param back   for each position, its place
@SuppressWarnings("ArrayRecordComponent") // Handed to libtorch as they are, compared by nobody.
record Bands(List<Block> blocks, long[] into, long[] back) {
    Bands {
        blocks = List.copyOf(blocks);
    }

    /// The bands of a pass.
    ///
    /// @param rows by length, shortest first
    static Bands of(List<Block> rows) {
        int[] lengths = rows.stream()
                .flatMapToInt(block -> IntStream.generate(block::length).limit(block.rows()))
                .toArray();
        List<Block> bands = new ArrayList<>();
        for (int from = 0, to = 0; from < lengths.length; from = to) {
            while (to < lengths.length && lengths[to] <= 2 * lengths[from]) {
                to++;
            }
            bands.add(new Block(to - from, lengths[to - 1]));
        }
        long[] into = new long[bands.stream().mapToInt(Block::tokens).sum()];
        long[] back = new long[Arrays.stream(lengths).sum()];
        int row = 0;
        int position = 0;
        int place = 0;
        for (Block band : bands) {
            for (int i = 0; i < band.rows(); i++) {
                int length = lengths[row++];
                for (int j = 0; j < band.length(); j++) {
                    into[place + j] = (long) position + Math.min(j, length - 1);
                }
                for (int j = 0; j < length; j++) {
                    back[position + j] = (long) place + j;
                }
                position += length;
                place += band.length();
            }
        }
        return new Bands(bands, into, back);
    }
}
