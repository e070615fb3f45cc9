package dev.stepwell.torch.generation;

import dev.stepwell.data.Gate;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.judge.Judge;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.model.TargetLoss;
import java.util.List;
import java.util.stream.IntStream;

/// Measures the model as it is now, without changing it. To be used by the thread that trains it.
public final class ModelProbe {
    private static final int BATCH = 64;

    private final LlamaModel model;
    private final Tokenizer tokenizer;
    private final GreedyDecoder decoder;
    private final Judge judge;

    /// A probe that wants exact answers.
    ///
    /// @param maxTokens tokens after which an answer is cut off
    public ModelProbe(LlamaModel model, Tokenizer tokenizer, int maxTokens) {
        this(model, tokenizer, maxTokens, Judge.EXACT);
    }

    /// A probe of the model's weights as they are at each call.
    ///
    /// @param maxTokens tokens after which an answer is cut off
    /// @param judge     of its answers
    public ModelProbe(LlamaModel model, Tokenizer tokenizer, int maxTokens, Judge judge) {
        this.judge = judge;
        this.model = model;
        this.tokenizer = tokenizer;
        this.decoder = new GreedyDecoder(model, tokenizer.endOfTurn(), maxTokens);
    }

    /// What the model says to each row, in the rows' order, and whether it is right.
    public List<Answer> answers(List<PreviewRow> rows) {
        return answers(rows, Gate.OPEN);
    }

    /// The same, but asks `gate` before each token.
    ///
    /// @return empty if the gate did not open
    /// @throws E what the gate throws
    public <E extends Exception> List<Answer> answers(List<PreviewRow> rows, Gate<E> gate) throws E {
        List<int[]> generated =
                decoder.generate(rows.stream().map(PreviewRow::promptIds).toList(), gate);
        return IntStream.range(0, generated.size())
                .mapToObj(i -> answer(rows.get(i), generated.get(i)))
                .toList();
    }

    /// Tokens of a text.
    public int tokens(String text) {
        return tokenizer.encode(text).length;
    }

    private Answer answer(PreviewRow row, int[] tokens) {
        String text = tokenizer.decode(tokens);
        return new Answer(row, text, tokens.length, judge.right(row.prompt(), row.goldenAnswer(), text));
    }

    /// The share of rows answered rightly, from 0 to 1.
    ///
    /// @param rows at least one
    public double exactMatch(List<PreviewRow> rows) {
        return (double) answers(rows).stream().filter(Answer::matches).count() / rows.size();
    }

    /// Mean cross-entropy over all target tokens, in nats.
    ///
    /// @param examples at least one
    public double meanLoss(List<Example> examples) {
        double sum = 0;
        long targets = 0;
        for (int from = 0; from < examples.size(); from += BATCH) {
            List<Example> rows = examples.subList(from, Math.min(examples.size(), from + BATCH));
            MicroBatch batch = MicroBatch.of(rows, RowLayout.PACKED, tokenizer.padding());
            sum += TargetLoss.measured(model, batch);
            targets += batch.targets().length;
        }
        return sum / targets;
    }
}
