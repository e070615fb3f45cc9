package dev.stepwell.torch.model;

import dev.stepwell.data.chat.Example;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Rows of one forward pass, filled up on the right to the length of the longest, with the positions whose next token
/// is to be learnt.
///
/// @param rows      rows
/// @param length    of the longest row
/// @param ids       `rows × length` token ids, row after row
/// @param positions indices into `ids` of the positions that predict a target
/// @param targets   the ids they should predict; as many as `positions`
/// @param tokens    token ids without padding
@SuppressWarnings("ArrayRecordComponent") // Handed to libtorch as they are, compared by nobody.
public record MicroBatch(int rows, int length, long[] ids, long[] positions, long[] targets, int tokens) {

    /// Lays `examples`, at least one, out as one batch.
    ///
    /// @param padding the token that fills up short rows; any id of the vocabulary will do, for nothing looks at it
    public static MicroBatch of(List<Example> examples, int padding) {
        int length = examples.stream().mapToInt(e -> e.ids().length).max().orElseThrow();
        int tokens = examples.stream().mapToInt(e -> e.ids().length).sum();
        int targetCount =
                examples.stream().mapToInt(e -> e.targets().cardinality()).sum();
        long[] ids = new long[Math.multiplyExact(examples.size(), length)];
        long[] positions = new long[targetCount];
        long[] targets = new long[targetCount];
        int next = 0;
        for (int row = 0; row < examples.size(); row++) {
            Example example = examples.get(row);
            int start = row * length;
            for (int i = 0; i < length; i++) {
                ids[start + i] = i < example.ids().length ? example.ids()[i] : padding;
            }
            for (int i = example.targets().nextSetBit(0);
                    i >= 0;
                    i = example.targets().nextSetBit(i + 1)) {
                positions[next] = (long) start + i - 1;
                targets[next] = example.ids()[i];
                next++;
            }
        }
        return new MicroBatch(examples.size(), length, ids, positions, targets, tokens);
    }

    /// The token ids, `[rows, length]`; in the caller's scope.
    Tensor idTensor() {
        return torch.tensor(ids).view(rows, length);
    }
}
