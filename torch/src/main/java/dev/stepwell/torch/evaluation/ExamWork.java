package dev.stepwell.torch.evaluation;

import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.chat.Example;
import java.util.List;

/// What there is to do where rows are asked, in what takes time.
///
/// @param graded positions whose loss is wanted, in passes of one position through all layers
/// @param read   positions of prompts, in the same
/// @param steps  tokens that are written one after the other, each for all rows that are asked at once
record ExamWork(double graded, double read, double steps) {
    static final ExamWork NONE = new ExamWork(0, 0, 0);

    /// The work in asking `rows`, [Exam#AT_ONCE] at a time. Who judges early is taken to need no written answers, and
    /// others to need all of them: the most that it can be.
    ///
    /// @param headShare what scores for one position cost, in passes of it through all layers
    /// @param verbosity how long answers are, of what the right ones are
    /// @param maxTokens after which an answer is cut off
    static ExamWork of(List<Asked> rows, double headShare, double verbosity, int maxTokens) {
        double graded = 0;
        double read = 0;
        double steps = 0;
        for (int from = 0; from < rows.size(); from += Exam.AT_ONCE) {
            int longest = 0;
            for (Asked asked : rows.subList(from, Math.min(rows.size(), from + Exam.AT_ONCE))) {
                Example example = asked.row().example();
                graded += example.ids().length + headShare * example.targets().cardinality();
                if (asked.isQuestion() && !asked.isJudgedEarly()) {
                    read += read(asked.question(), headShare);
                    longest = Math.max(
                            longest, example.ids().length - asked.question().promptIds().length);
                }
            }
            steps += Math.min(maxTokens, verbosity * longest);
        }
        return new ExamWork(graded, read, steps);
    }

    /// What is read to write answers to `rows`.
    static double read(List<Asked> rows, double headShare) {
        return rows.stream()
                .filter(Asked::isQuestion)
                .mapToDouble(asked -> read(asked.question(), headShare))
                .sum();
    }

    private static double read(PreviewRow question, double headShare) {
        return question.promptIds().length + headShare;
    }

    /// The same, with as much read and as many steps as there were.
    ExamWork after(double itsRead, double itsSteps) {
        return new ExamWork(graded, itsRead, itsSteps);
    }

    ExamWork plus(ExamWork other) {
        return new ExamWork(graded + other.graded, read + other.read, steps + other.steps);
    }
}
