package dev.stepwell.torch.model;

import dev.stepwell.data.chat.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Rows of one forward pass as one run of tokens, with those whose next token is to be learnt.
///
/// ```
///  packed:   ▪▪▪▪ ▬▬▬▬▬▬▬ ▬▬▬▬▬▬▬ ▭▭▭▭▭▭▭▭▭     blocks 1 × 4, 2 × 7, 1 × 9
///  padded:   ▪▪▪▪·····▬▬▬▬▬▬▬··▬▬▬▬▬▬▬··▭▭▭▭▭▭▭▭▭  block  4 × 9
/// ```
///
/// @param blocks    rows of equal length, in the order of `ids`
/// @param ids       token ids of all blocks, row after row
/// @param positions indices into `ids` of those that predict a target
/// @param targets   the ids they should predict; as many as `positions`
@SuppressWarnings("ArrayRecordComponent") // Handed to libtorch as they are, compared by nobody.
public record MicroBatch(List<Block> blocks, long[] ids, long[] positions, long[] targets) {
    /// Rows that are in this order stay in it, however they are laid out.
    public static final Comparator<Example> BY_LENGTH = Comparator.comparingInt(row -> row.ids().length);

    public MicroBatch {
        blocks = List.copyOf(blocks);
    }

    /// Neighbouring rows of equal length.
    record Block(int rows, int length) {
        int tokens() {
            return Math.multiplyExact(rows, length);
        }
    }

    /// Lays out `examples`, at least one.
    ///
    /// @param padding the token that fills up short rows, where that is done; any id of the vocabulary will do, for
    ///                nothing looks at it
    public static MicroBatch of(List<Example> examples, RowLayout layout, int padding) {
        return switch (layout) {
            case PACKED -> packed(examples);
            case PADDED -> padded(examples, padding);
        };
    }

    /// Rows of equal length become neighbours, for attention takes a block at a time.
    private static MicroBatch packed(List<Example> examples) {
        List<Example> byLength = examples.stream().sorted(BY_LENGTH).toList();
        List<Block> blocks = new ArrayList<>();
        for (Example row : byLength) {
            int length = row.ids().length;
            if (!blocks.isEmpty() && blocks.getLast().length == length) {
                blocks.add(new Block(blocks.removeLast().rows + 1, length));
            } else {
                blocks.add(new Block(1, length));
            }
        }
        return of(byLength, blocks, 0);
    }

    private static MicroBatch padded(List<Example> examples, int padding) {
        int length = examples.stream().mapToInt(row -> row.ids().length).max().orElseThrow();
        return of(examples, List.of(new Block(examples.size(), length)), padding);
    }

    private static MicroBatch of(List<Example> rows, List<Block> blocks, int padding) {
        long[] ids = new long[blocks.stream().mapToInt(Block::tokens).reduce(0, Math::addExact)];
        int targetCount =
                rows.stream().mapToInt(row -> row.targets().cardinality()).sum();
        long[] positions = new long[targetCount];
        long[] targets = new long[targetCount];
        int row = 0;
        int start = 0;
        int target = 0;
        for (Block block : blocks) {
            for (int i = 0; i < block.rows; i++) {
                Example example = rows.get(row++);
                for (int j = 0; j < block.length; j++) {
                    ids[start + j] = j < example.ids().length ? example.ids()[j] : padding;
                }
                for (int j = example.targets().nextSetBit(0);
                        j >= 0;
                        j = example.targets().nextSetBit(j + 1)) {
                    positions[target] = start + j - 1L;
                    targets[target] = example.ids()[j];
                    target++;
                }
                start += block.length;
            }
        }
        return new MicroBatch(blocks, ids, positions, targets);
    }

    /// The token ids, `[tokens]`; in the caller's scope.
    Tensor idTensor() {
        return torch.tensor(ids);
    }
}
