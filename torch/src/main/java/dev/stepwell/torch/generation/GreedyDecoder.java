package dev.stepwell.torch.generation;

import dev.stepwell.torch.data.Gate;
import dev.stepwell.torch.model.KeyValueCache;
import dev.stepwell.torch.model.LlamaModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Generates the most likely next token, again and again. Touches neither gradients nor random numbers.
public final class GreedyDecoder {
    /// Prompts decoded at once: beyond this, larger batches of a small model are no faster.
    private static final int MAX_BATCH = 64;

    private final LlamaModel model;
    private final int endOfTurn;
    private final int maxTokens;

    /// A decoder for the model's weights as they are at each call.
    ///
    /// @param endOfTurn token that ends an answer
    /// @param maxTokens tokens after which an answer is cut off
    public GreedyDecoder(LlamaModel model, int endOfTurn, int maxTokens) {
        this.model = model;
        this.endOfTurn = endOfTurn;
        this.maxTokens = maxTokens;
    }

    /// The answer to each prompt, without the end of turn. Prompts of equal length are decoded together, so that none
    /// needs padding; an answer also ends where the context window does, and a prompt that fills it has none.
    ///
    /// @param prompts token ids, none empty
    public List<int[]> generate(List<int[]> prompts) {
        return generate(prompts, Gate.OPEN);
    }

    /// The same, but asks `gate` before each token.
    ///
    /// @return empty if the gate did not open
    /// @throws E what the gate throws
    public <E extends Exception> List<int[]> generate(List<int[]> prompts, Gate<E> gate) throws E {
        int[][] answers = new int[prompts.size()][];
        Collection<List<Integer>> byLength = IntStream.range(0, prompts.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> prompts.get(i).length, TreeMap::new, Collectors.toList()))
                .values();
        for (List<Integer> group : byLength) {
            for (int from = 0; from < group.size(); from += MAX_BATCH) {
                List<Integer> rows = group.subList(from, Math.min(group.size(), from + MAX_BATCH));
                List<int[]> decoded = decode(rows.stream().map(prompts::get).toList(), gate);
                if (decoded.isEmpty()) {
                    return decoded;
                }
                for (int i = 0; i < rows.size(); i++) {
                    answers[rows.get(i)] = decoded.get(i);
                }
            }
        }
        return Arrays.asList(answers);
    }

    private <E extends Exception> List<int[]> decode(List<int[]> prompts, Gate<E> gate) throws E {
        int batch = prompts.size();
        int length = prompts.getFirst().length;
        int room = Math.min(maxTokens, model.config().maxPositionEmbeddings() - length);
        List<IntStream.Builder> answers = new ArrayList<>();
        prompts.forEach(_ -> answers.add(IntStream.builder()));
        boolean[] ended = new boolean[batch];
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            KeyValueCache cache = new KeyValueCache(model.config(), batch, length + Math.max(room, 0L));
            long[] next =
                    prompts.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
            for (int step = 0; step < room && !allTrue(ended); step++) {
                if (!gate.opens()) {
                    return List.of();
                }
                next = mostLikely(next, batch, cache);
                for (int row = 0; row < batch; row++) {
                    ended[row] |= next[row] == endOfTurn;
                    if (!ended[row]) {
                        answers.get(row).add(Math.toIntExact(next[row]));
                    }
                }
            }
        }
        return answers.stream().map(answer -> answer.build().toArray()).toList();
    }

    /// Feeds the next stretch of every row and returns the token each would go on with.
    private long[] mostLikely(long[] ids, int batch, KeyValueCache cache) {
        try (var _ = new PointerScope()) {
            Tensor input = torch.tensor(ids).view(batch, -1);
            Tensor last = model.hidden(input, cache).select(1, -1);
            Tensor chosen =
                    model.logits(last).argmax(new LongOptional(-1), false).contiguous();
            long[] tokens = new long[batch];
            new LongPointer(chosen.data_ptr_long()).get(tokens);
            return tokens;
        }
    }

    private static boolean allTrue(boolean[] values) {
        for (boolean value : values) {
            if (!value) {
                return false;
            }
        }
        return true;
    }
}
