package dev.stepwell.torch.testing;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A task that a tiny model learns in seconds: say again what was said.
///
/// ```
///  2  a b c …  3  a b c …  1        2 begins, 3 asks, 1 ends; the second half is to be learnt
/// ```
public final class CopyTask {
    public static final int VOCABULARY = 20;

    private static final int BEGIN = 2;
    private static final int ASK = 3;
    private static final int FIRST_SYMBOL = 4;

    private CopyTask() {}

    /// Rows of 2 to 4 symbols, the same for the same seed.
    public static TrainingData rows(int count, long seed) {
        return rows(count, seed, false);
    }

    /// Rows that are asked in the same way and are to be answered the other way round, last symbol first.
    public static TrainingData reversed(int count, long seed) {
        return rows(count, seed, true);
    }

    private static TrainingData rows(int count, long seed, boolean reversed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        List<PreviewRow> previews = new ArrayList<>();
        List<ExamRow> sample = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int[] symbols = random.ints(2L + random.nextInt(3), FIRST_SYMBOL, VOCABULARY)
                    .toArray();
            int[] answer = reversed ? reversed(symbols) : symbols;
            examples.add(example(symbols, answer));
            previews.add(preview(symbols, answer));
            sample.add(new ExamRow(examples.getLast(), previews.getLast()));
        }
        return new TrainingData(examples, previews, sample, new RowLedger(count, 0, 0, 0, List.of()));
    }

    private static int[] reversed(int[] symbols) {
        return IntStream.range(0, symbols.length)
                .map(i -> symbols[symbols.length - 1 - i])
                .toArray();
    }

    private static Example example(int[] symbols, int[] answer) {
        int n = symbols.length;
        int[] ids = new int[2 * n + 3];
        ids[0] = BEGIN;
        System.arraycopy(symbols, 0, ids, 1, n);
        ids[n + 1] = ASK;
        System.arraycopy(answer, 0, ids, n + 2, n);
        ids[2 * n + 2] = IdTokenizer.END;
        BitSet targets = new BitSet();
        targets.set(n + 2, 2 * n + 3);
        return new Example(ids, targets);
    }

    private static PreviewRow preview(int[] symbols, int[] answer) {
        int[] prompt = new int[symbols.length + 2];
        prompt[0] = BEGIN;
        System.arraycopy(symbols, 0, prompt, 1, symbols.length);
        prompt[symbols.length + 1] = ASK;
        return new PreviewRow(null, text(symbols), text(answer), prompt);
    }

    private static String text(int[] symbols) {
        return Arrays.stream(symbols).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
