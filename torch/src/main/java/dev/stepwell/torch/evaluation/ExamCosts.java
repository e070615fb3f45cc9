package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// The time goes with the tokens of the rows, questions and right answers together. Before anything was asked, a token
/// is taken to need [#OF_TRAINING] times as long as in training: answers are written token by token, and a model that
/// has learnt little goes on until it is cut off.
final class ExamCosts {
    private static final double OF_TRAINING = 3;

    private double trainedSeconds;
    private double trainedTokens;
    private double secondsPerToken;
    private Tokens tokens = new Tokens(0, 0, 0, 0);

    /// Tokens of rows that there are to be asked.
    ///
    /// @param own    of those kept of this file
    /// @param fixed  of the fixed set
    /// @param others of those kept of other files
    /// @param least  of the fewest that are asked at all
    record Tokens(double own, double fixed, double others, double least) {}

    /// A step over so many tokens took so long.
    void trained(long nanos, long itsTokens) {
        trainedSeconds += nanos / 1e9;
        trainedTokens += itsTokens;
    }

    /// Asking rows of so many tokens took so long.
    void asked(double seconds, double itsTokens) {
        double each = seconds / itsTokens;
        secondsPerToken = secondsPerToken == 0 ? each : 0.7 * secondsPerToken + 0.3 * each;
    }

    /// What there is to be asked in the file in hand.
    void expect(Tokens itsTokens) {
        tokens = itsTokens;
    }

    /// Seconds that asking rows of so many tokens takes; 0 while nothing is known.
    double seconds(double itsTokens) {
        return itsTokens == 0 ? 0 : itsTokens * each();
    }

    /// Seconds that asking what is kept of other files takes.
    double others() {
        return seconds(tokens.others());
    }

    private double each() {
        return secondsPerToken > 0 || trainedTokens == 0
                ? secondsPerToken
                : OF_TRAINING * trainedSeconds / trainedTokens;
    }

    /// By what is known now; empty before anything was trained or asked.
    Optional<ForeseenExam> foreseen(EvaluationBudget budget) {
        if (budget.none()) {
            return Optional.of(ForeseenExam.NONE);
        }
        return each() == 0
                ? Optional.empty()
                : Optional.of(new ForeseenExam(
                        seconds(tokens.own() + tokens.fixed() + tokens.others()),
                        seconds(tokens.fixed()),
                        budget.left(),
                        budget.share(),
                        seconds(tokens.least())));
    }
}
