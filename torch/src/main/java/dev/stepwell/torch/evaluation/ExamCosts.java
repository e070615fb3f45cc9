package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// The time goes with the tokens of the rows, questions and right answers together. Before anything was asked, a token
/// is taken to need [#OF_TRAINING] of the time that it needs in training: less where a whole text is read, more where
/// an
/// answer is written token by token.
final class ExamCosts {
    private static final double OF_TRAINING = 1.5;

    private double trainedSeconds;
    private double trainedTokens;
    private double secondsPerToken;
    private Tokens tokens = new Tokens(0, 0, 0);

    /// Tokens of rows that there are to be asked.
    ///
    /// @param after  after the file's last step
    /// @param during between two steps
    /// @param least  of the fewest that are asked at all
    record Tokens(double after, double during, double least) {}

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

    /// By what is known now; empty before anything was trained or asked.
    Optional<ForeseenExam> foreseen(EvaluationBudget budget) {
        if (budget.none()) {
            return Optional.of(ForeseenExam.NONE);
        }
        double each = secondsPerToken > 0 ? secondsPerToken : OF_TRAINING * trainedSeconds / trainedTokens;
        return each > 0
                ? Optional.of(new ForeseenExam(
                        each * tokens.after(),
                        each * tokens.during(),
                        budget.left(),
                        budget.share(),
                        each * tokens.least()))
                : Optional.empty();
    }
}
