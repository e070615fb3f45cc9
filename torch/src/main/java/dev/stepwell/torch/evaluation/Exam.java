package dev.stepwell.torch.evaluation;

import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.generation.GreedyDecoder;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.model.TargetPredictions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The asking of a set of rows, some at a time, and what came of it so far.
final class Exam {
    /// Rows asked at once: enough to fill a matrix product, few enough to end in time.
    static final int AT_ONCE = 16;

    private final LlamaModel model;
    private final Tokenizer tokenizer;
    private final GreedyDecoder decoder;
    private final List<Asked> set;
    private final Calibration calibration = new Calibration();
    private final List<Asked> written = new ArrayList<>();
    private double lossSum;
    private long targets;
    private int asked;
    private int judged;
    private int right;
    private double grading;
    private double writing;
    private int steps;

    /// @param set the rows, at least one
    Exam(LlamaModel model, Tokenizer tokenizer, GreedyDecoder decoder, List<Asked> set) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.decoder = decoder;
        this.set = set;
    }

    boolean done() {
        return asked == set.size();
    }

    /// Asks the next rows: grades them, and has those answers written that cannot be judged from that alone.
    ///
    /// @return whether the gate always opened; if not, these rows do not count
    /// @throws IOException what the gate throws
    boolean askNext(Interludes gate) throws IOException {
        if (!gate.opens()) {
            return false;
        }
        double began = gate.seconds();
        List<Asked> rows = set.subList(asked, Math.min(set.size(), asked + AT_ONCE)).stream()
                .sorted(Comparator.comparing(asking -> asking.row().example(), MicroBatch.BY_LENGTH))
                .toList();
        List<Example> examples =
                rows.stream().map(asking -> asking.row().example()).toList();
        MicroBatch batch = MicroBatch.of(examples, RowLayout.PACKED, tokenizer.padding());
        TargetPredictions predictions = TargetPredictions.of(model, batch);
        double graded = gate.seconds();
        Verdicts verdicts = Verdicts.of(rows, predictions.likeliest(), tokenizer);
        List<Asked> open = verdicts.open();
        List<int[]> answers = decoder.generate(
                open.stream().map(asking -> asking.question().promptIds()).toList(), gate);
        if (answers.size() < open.size()) {
            return false;
        }
        right += verdicts.right();
        for (int i = 0; i < answers.size(); i++) {
            right += open.get(i).isRight(tokenizer.decode(answers.get(i))) ? 1 : 0;
        }
        judged += verdicts.judged() + answers.size();
        predicted(predictions, batch.targets());
        written.addAll(open);
        steps += answers.stream().mapToInt(answer -> answer.length + 1).max().orElse(0); // With the end of turn.
        grading += graded - began;
        writing += gate.seconds() - graded;
        asked += rows.size();
        return true;
    }

    private void predicted(TargetPredictions predictions, long[] targetIds) {
        lossSum += predictions.lossSum();
        targets += targetIds.length;
        for (int i = 0; i < targetIds.length; i++) {
            calibration.add(predictions.confidences()[i], predictions.likeliest()[i] == targetIds[i]);
        }
    }

    /// Seconds in which the rows so far were graded.
    double grading() {
        return grading;
    }

    /// Seconds in which answers were written to them, and judged.
    double writing() {
        return writing;
    }

    /// The rows to which answers were written.
    List<Asked> written() {
        return written;
    }

    /// Tokens that were written one after the other.
    int steps() {
        return steps;
    }

    /// How the model did on the rows so far; null if none were asked.
    @Nullable
    Score score() {
        return asked == 0 ? null : new Score(asked, set.size(), lossSum / targets, judged, right, calibration.error());
    }
}
