package dev.stepwell.torch.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.data.ExamRow;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.judge.Judge;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.generation.GreedyDecoder;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.model.TargetPredictions;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import dev.stepwell.torch.testing.Tiny;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Of rows whose right answers are what the model says, or that with one token changed, or anything.
class ExamTest {
    private static final int ROWS = 150;
    private static final int MOST = 8;
    private static final int FIRST_SYMBOL = 4;
    private static final Judge TO_THE_END = (_, golden, answer) -> golden.equals(answer);

    private final LlamaModel model = new LlamaModel(Tiny.untied(), Parameters.random(Tiny.untied(), 5));
    private final Random random = new Random(11);
    private final Tokenizer tokenizer = new Ending(new IdTokenizer(CopyTask.VOCABULARY), favourite());
    private final GreedyDecoder decoder = new GreedyDecoder(model, tokenizer.endOfTurn(), MOST);

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void whoIsRightIsKnownWithoutWritingWhatCannotChangeIt() throws IOException {
        List<ExamRow> rows = rows();
        List<int[]> said = decoder.generate(rows.stream().map(ExamTest::prompt).toList());
        long right = IntStream.range(0, ROWS)
                .filter(i -> golden(rows.get(i)).equals(tokenizer.decode(said.get(i))))
                .count();
        assertThat(right).isBetween(ROWS / 10L, ROWS / 2L);

        Counting early = new Counting();
        Exam exact = asked(rows, Judge.EXACT, early);
        Counting late = new Counting();
        Exam whole = asked(rows, TO_THE_END, late);

        assertThat(score(exact).judged()).isEqualTo(ROWS);
        assertThat(score(exact).right()).isEqualTo((int) right);
        assertThat(score(whole)).isEqualTo(score(exact));
        assertThat(exact.written().size()).as("such as 1 where 12 is right").isLessThan(ROWS / 10);
        assertThat(whole.written().size()).as("all that are not right").isBetween(ROWS / 2, ROWS - (int) right);
        assertThat(early.asked).isLessThan(late.asked);
    }

    /// Row by row, and what is right read from the rows themselves.
    @Test
    void lossAndCalibrationAreThoseOfEachRowByItself() throws IOException {
        List<ExamRow> rows = rows();
        double loss = 0;
        int targets = 0;
        double[] surplus = new double[15]; // Of confidence over how often it is right, summed up in each bin.
        for (ExamRow row : rows) {
            Example example = row.example();
            TargetPredictions alone =
                    TargetPredictions.of(model, MicroBatch.of(List.of(example), RowLayout.PACKED, tokenizer.padding()));
            loss += alone.lossSum();
            int[] wanted =
                    example.targets().stream().map(at -> example.ids()[at]).toArray();
            for (int i = 0; i < wanted.length; i++) {
                targets++;
                double confidence = alone.confidences()[i];
                surplus[Math.min(14, (int) (15 * confidence))] +=
                        confidence - (alone.likeliest()[i] == wanted[i] ? 1 : 0);
            }
        }

        Score score = score(asked(rows, Judge.EXACT, new Counting()));

        assertThat(score.crossEntropy()).isCloseTo(loss / targets, within(1e-4));
        assertThat(score.calibrationError())
                .isCloseTo(Arrays.stream(surplus).map(Math::abs).sum() / targets, within(1e-4));
    }

    @Test
    void whatAGateClosesBeforeDoesNotCount() throws IOException {
        Exam exam = new Exam(model, tokenizer, decoder, Asked.all(rows(), TO_THE_END));
        Counting gate = new Counting();
        gate.closesAfter = 3;
        assertThat(exam.askNext(gate)).isFalse();
        assertThat(exam.score()).isNull();
        assertThat(exam.written()).isEmpty();
    }

    private Exam asked(List<ExamRow> rows, Judge judge, Interludes gate) throws IOException {
        Exam exam = new Exam(model, tokenizer, decoder, Asked.all(rows, judge));
        while (!exam.done()) {
            assertThat(exam.askNext(gate)).isTrue();
        }
        return exam;
    }

    /// A symbol that the model says in most answers, but not at once: it is made their end.
    private int favourite() {
        List<int[]> answers = new GreedyDecoder(model, -1, MOST).generate(prompts(300));
        return IntStream.range(FIRST_SYMBOL, CopyTask.VOCABULARY)
                .boxed()
                .max(Comparator.comparingLong(symbol -> answers.stream()
                        .filter(answer ->
                                answer[0] != symbol && Arrays.stream(answer).anyMatch(token -> token == symbol))
                        .count()))
                .orElseThrow();
    }

    private List<int[]> prompts(int count) {
        return Stream.generate(() -> random.ints(2L + random.nextInt(5), FIRST_SYMBOL, CopyTask.VOCABULARY)
                        .toArray())
                .limit(count)
                .toList();
    }

    /// From prompts to which the model's answer has an end.
    private List<ExamRow> rows() {
        List<int[]> prompts = prompts(1_000);
        List<int[]> answers = decoder.generate(prompts);
        List<Integer> ended = IntStream.range(0, prompts.size())
                .filter(i -> answers.get(i).length > 0 && answers.get(i).length < MOST)
                .boxed()
                .limit(ROWS)
                .toList();
        assertThat(ended).hasSize(ROWS);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> row(i, prompts.get(ended.get(i)), answers.get(ended.get(i))))
                .toList();
    }

    private ExamRow row(int number, int[] prompt, int[] said) {
        int[] golden = said.clone();
        if (number % 3 == 1) {
            golden[random.nextInt(golden.length)] = symbols(1)[0];
        } else if (number % 3 == 2) {
            golden = symbols(1 + random.nextInt(5));
        }
        int end = prompt.length + golden.length;
        int[] ids = Arrays.copyOf(prompt, end + 1);
        System.arraycopy(golden, 0, ids, prompt.length, golden.length);
        ids[end] = tokenizer.endOfTurn();
        BitSet targets = new BitSet();
        targets.set(prompt.length, end + 1);
        return new ExamRow(
                new Example(ids, targets),
                new PreviewRow(null, tokenizer.decode(prompt), tokenizer.decode(golden), prompt));
    }

    private int[] symbols(int count) {
        return random.ints(FIRST_SYMBOL, CopyTask.VOCABULARY)
                .filter(symbol -> symbol != tokenizer.endOfTurn())
                .limit(count)
                .toArray();
    }

    private static int[] prompt(ExamRow row) {
        return Objects.requireNonNull(row.question()).promptIds();
    }

    private static String golden(ExamRow row) {
        return Objects.requireNonNull(row.question()).goldenAnswer();
    }

    private static Score score(Exam exam) {
        return Objects.requireNonNull(exam.score());
    }

    /// With another end of turn.
    private record Ending(Tokenizer ids, int endOfTurn) implements Tokenizer {
        @Override
        public int[] encode(String text) {
            return ids.encode(text);
        }

        @Override
        public String decode(int[] tokens) {
            return ids.decode(tokens);
        }

        @Override
        public int vocabSize() {
            return ids.vocabSize();
        }

        @Override
        public int padding() {
            return ids.padding();
        }
    }

    private static final class Counting implements Interludes {
        private int asked;
        private int closesAfter = Integer.MAX_VALUE;

        @Override
        public boolean opens() {
            return ++asked <= closesAfter;
        }

        @Override
        public void begin() {}

        @Override
        public double seconds() {
            return 0;
        }

        @Override
        public void end(boolean whole, double took) {}
    }
}
