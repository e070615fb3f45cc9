package dev.stepwell.torch.generation;

import dev.stepwell.data.Gate;
import dev.stepwell.torch.model.KeyValueCache;
import dev.stepwell.torch.model.LlamaModel;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The loop in which every answer is generated: all prompts in one pass, and from then on one token of each row at a
/// time, with the keys and values of earlier positions kept.
///
/// @param model     whose weights are used as they are
/// @param maxTokens after which an answer is cut off; the model's last position cuts it off, too
record Decoding(LlamaModel model, int maxTokens) {
    /// Chooses how each row goes on.
    @FunctionalInterface
    interface Choice {
        /// The token of each row.
        ///
        /// @param scores `[rows, vocabulary]`
        long[] of(Tensor scores);
    }

    /// Takes what was chosen.
    @FunctionalInterface
    interface Sink {
        /// Takes the next token of a row.
        ///
        /// @return whether the row goes on
        boolean take(int row, int token);
    }

    /// Generates until every row has ended or was cut off.
    ///
    /// @param prompts of equal length, at least one
    /// @param gate    asked before each token
    /// @return whether it always opened
    /// @throws E what the gate throws
    <E extends Exception> boolean run(List<int[]> prompts, Choice choice, Sink sink, Gate<E> gate) throws E {
        int rows = prompts.size();
        int length = prompts.getFirst().length;
        int room = Math.min(maxTokens, model.config().maxPositionEmbeddings() - length);
        boolean[] ended = new boolean[rows];
        int open = rows;
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            KeyValueCache cache = model.cache(rows, length + Math.max(room, 0L));
            long[] next =
                    prompts.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
            for (int step = 0; step < room && open > 0; step++) {
                if (!gate.opens()) {
                    return false;
                }
                next = chosen(next, rows, cache, choice);
                for (int row = 0; row < rows; row++) {
                    if (!ended[row] && !sink.take(row, Math.toIntExact(next[row]))) {
                        ended[row] = true;
                        open--;
                    }
                }
            }
        }
        return true;
    }

    /// Feeds the next stretch of every row and returns the token with which each goes on.
    private long[] chosen(long[] ids, int rows, KeyValueCache cache, Choice choice) {
        try (var _ = new PointerScope()) {
            Tensor input = torch.tensor(ids).view(rows, -1);
            return choice.of(model.logits(model.hidden(input, cache).select(1, -1)));
        }
    }
}
