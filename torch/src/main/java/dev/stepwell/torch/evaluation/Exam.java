package dev.stepwell.torch.evaluation;

import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.generation.GreedyDecoder;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.model.TargetPredictions;
import java.io.IOException;
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

    /// Asks the next rows.
    ///
    /// @return whether the gate always opened; if not, these rows do not count
    /// @throws IOException what the gate throws
    boolean askNext(Interludes gate) throws IOException {
        List<Asked> rows = set.subList(asked, Math.min(set.size(), asked + AT_ONCE));
        if (!gate.opens()) {
            return false;
        }
        List<Asked> questions =
                rows.stream().filter(asking -> asking.row().question() != null).toList();
        double began = gate.seconds();
        List<int[]> answers = decoder.generate(
                questions.stream()
                        .map(Exam::question)
                        .map(PreviewRow::promptIds)
                        .toList(),
                gate);
        if (answers.size() < questions.size()) {
            return false;
        }
        double written = gate.seconds();
        List<Example> examples =
                rows.stream().map(asking -> asking.row().example()).toList();
        predicted(TargetPredictions.of(model, MicroBatch.of(examples, RowLayout.PACKED, tokenizer.padding())));
        double graded = gate.seconds();
        for (int i = 0; i < questions.size(); i++) {
            judge(questions.get(i), tokenizer.decode(answers.get(i)));
        }
        steps += answers.stream().mapToInt(answer -> answer.length + 1).max().orElse(0); // With the end of turn.
        grading += graded - written;
        writing += gate.seconds() - graded + written - began;
        asked += rows.size();
        return true;
    }

    private void predicted(TargetPredictions predictions) {
        lossSum += predictions.lossSum();
        targets += predictions.confidences().length;
        for (int i = 0; i < predictions.confidences().length; i++) {
            calibration.add(predictions.confidences()[i], predictions.likeliest()[i]);
        }
    }

    private void judge(Asked asking, String answer) {
        PreviewRow question = question(asking);
        judged++;
        if (asking.judge().right(question.prompt(), question.goldenAnswer(), answer)) {
            right++;
        }
    }

    private static PreviewRow question(Asked asking) {
        PreviewRow question = asking.row().question();
        if (question == null) {
            throw new IllegalStateException("a row that cannot be judged was asked");
        }
        return question;
    }

    /// Seconds in which the rows so far were graded.
    double grading() {
        return grading;
    }

    /// Seconds in which answers were written to them, and judged.
    double writing() {
        return writing;
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
