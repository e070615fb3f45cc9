package dev.stepwell.torch.generation;

import dev.stepwell.data.Gate;
import dev.stepwell.torch.model.KeyValueCache;
import dev.stepwell.torch.model.LlamaModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The loop in which every answer is generated: all prompts first, and from then on one token of each row at a time,
/// with the keys and values of earlier positions kept.
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
    /// @param prompts at least one, none empty; those of equal length next to each other are read at once
    /// @param gate    asked before each pass through the model
    /// @return whether it always opened
    /// @throws E what the gate throws
    <E extends Exception> boolean run(List<int[]> prompts, Choice choice, Sink sink, Gate<E> gate) throws E {
        int[] rows = IntStream.range(0, prompts.size())
                .filter(row -> room(prompts.get(row)) > 0)
                .toArray();
        if (rows.length == 0) {
            return true;
        }
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            int[] lengths =
                    Arrays.stream(rows).map(row -> prompts.get(row).length).toArray();
            int room =
                    Arrays.stream(rows).map(row -> room(prompts.get(row))).max().orElseThrow();
            KeyValueCache cache = model.cache(lengths, room);
            long[] next = new long[rows.length];
            for (int from = 0, to = 0; from < rows.length; from = to) {
                while (to < rows.length && lengths[to] == lengths[from]) {
                    to++;
                }
                if (!gate.opens()) {
                    return false;
                }
                long[] ids = Arrays.stream(rows, from, to)
                        .mapToObj(prompts::get)
                        .flatMapToInt(Arrays::stream)
                        .asLongStream()
                        .toArray();
                System.arraycopy(chosen(ids, to - from, cache, choice), 0, next, from, to - from);
            }
            return goOn(new Open(prompts, rows, next), cache, choice, sink, gate);
        }
    }

    /// How many tokens an answer to `prompt` may have.
    private int room(int[] prompt) {
        return Math.min(maxTokens, model.config().maxPositionEmbeddings() - prompt.length);
    }

    /// Rows that have not ended.
    ///
    /// @param rows which of `prompts`
    /// @param next the token with which each goes on
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Open(List<int[]> prompts, int[] rows, long[] next) {}

    private <E extends Exception> boolean goOn(Open first, KeyValueCache cache, Choice choice, Sink sink, Gate<E> gate)
            throws E {
        Open open = first;
        for (int taken = 1; ; taken++) {
            open = taken(open, taken, cache, sink);
            if (open.rows.length == 0) {
                return true;
            }
            if (!gate.opens()) {
                return false;
            }
            open = new Open(open.prompts, open.rows, chosen(open.next, open.rows.length, cache, choice));
        }
    }

    /// Gives out what was chosen. What has ended is not computed any further.
    ///
    /// @param count tokens of each row, with this one
    private Open taken(Open open, int count, KeyValueCache cache, Sink sink) {
        int[] places = new int[open.rows.length];
        int goOn = 0;
        for (int i = 0; i < open.rows.length; i++) {
            boolean more = sink.take(open.rows[i], Math.toIntExact(open.next[i]));
            if (more && count < room(open.prompts.get(open.rows[i]))) {
                places[goOn++] = i;
            }
        }
        if (goOn == open.rows.length) {
            return open;
        }
        int[] left = Arrays.copyOf(places, goOn);
        if (goOn > 0) {
            cache.keep(left);
        }
        return new Open(
                open.prompts,
                Arrays.stream(left).map(i -> open.rows[i]).toArray(),
                Arrays.stream(left).mapToLong(i -> open.next[i]).toArray());
    }

    /// Feeds the next stretch of some rows and returns the token with which each goes on.
    private long[] chosen(long[] ids, int rows, KeyValueCache cache, Choice choice) {
        try (var _ = new PointerScope()) {
            Tensor input = torch.tensor(ids).view(rows, -1);
            return choice.of(model.logits(model.hidden(input, cache).select(1, -1)));
        }
    }
}
