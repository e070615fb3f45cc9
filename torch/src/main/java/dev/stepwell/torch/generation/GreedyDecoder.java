package dev.stepwell.torch.generation;

import dev.stepwell.data.Gate;
import dev.stepwell.torch.model.LlamaModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/// Generates the most likely next token, again and again. Touches neither gradients nor random numbers.
public final class GreedyDecoder {
    /// Prompts decoded at once: beyond this, larger batches of a small model are no faster.
    private static final int MAX_BATCH = 64;

    private final Decoding decoding;
    private final int endOfTurn;

    /// A decoder for the model's weights as they are at each call.
    ///
    /// @param endOfTurn token that ends an answer
    /// @param maxTokens tokens after which an answer is cut off
    public GreedyDecoder(LlamaModel model, int endOfTurn, int maxTokens) {
        this.decoding = new Decoding(model, maxTokens);
        this.endOfTurn = endOfTurn;
    }

    /// The answer to each prompt, without the end of turn. Prompts are decoded together, of too many those of like
    /// length; an answer also ends where the context window does, and a prompt that fills it has none.
    ///
    /// @param prompts token ids, none empty
    public List<int[]> generate(List<int[]> prompts) {
        return generate(prompts, Gate.OPEN);
    }

    /// The same, but asks `gate` before each pass through the model.
    ///
    /// @return empty if the gate did not open
    /// @throws E what the gate throws
    public <E extends Exception> List<int[]> generate(List<int[]> prompts, Gate<E> gate) throws E {
        int[][] answers = new int[prompts.size()][];
        List<Integer> byLength = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                .toList();
        for (int from = 0, to = 0; from < byLength.size(); from = to) {
            do {
                to++;
            } while (to < byLength.size() && to - from < atOnce(prompts.get(byLength.get(to))));
            List<Integer> rows = byLength.subList(from, to);
            List<int[]> decoded = decode(rows.stream().map(prompts::get).toList(), gate);
            if (decoded.isEmpty()) {
                return decoded;
            }
            for (int i = 0; i < rows.size(); i++) {
                answers[rows.get(i)] = decoded.get(i);
            }
        }
        return Arrays.asList(answers);
    }

    /// Prompts that are decoded together where this is the longest.
    private long atOnce(int[] longest) {
        return Math.min(MAX_BATCH, decoding.model().cachedPositions() / (longest.length + decoding.maxTokens()));
    }

    private <E extends Exception> List<int[]> decode(List<int[]> prompts, Gate<E> gate) throws E {
        List<IntStream.Builder> answers =
                prompts.stream().map(_ -> IntStream.builder()).toList();
        boolean finished = decoding.run(
                prompts,
                GreedyDecoder::mostLikely,
                (row, token) -> {
                    boolean goesOn = token != endOfTurn;
                    if (goesOn) {
                        answers.get(row).add(token);
                    }
                    return goesOn;
                },
                gate);
        return finished
                ? answers.stream().map(answer -> answer.build().toArray()).toList()
                : List.of();
    }

    private static long[] mostLikely(Tensor scores) {
        Tensor chosen = scores.argmax(new LongOptional(-1), false).cpu().contiguous();
        long[] tokens = new long[Math.toIntExact(scores.size(0))];
        new LongPointer(chosen.data_ptr_long()).get(tokens);
        return tokens;
    }
}
