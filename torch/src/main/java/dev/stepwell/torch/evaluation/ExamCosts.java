package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// The time goes with the *work* in the rows ([Asked#work]). Before anything was asked, a unit of it is taken to need
/// [#OF_TRAINING] of what a token needs in training.
final class ExamCosts {
    private static final double OF_TRAINING = 0.7;

    private double trainedSeconds;
    private double trainedTokens;
    private double secondsPerUnit;
    private Work work = new Work(0, 0, 0, 0);

    /// The work in rows that there are to be asked.
    ///
    /// @param own    of those kept of this file
    /// @param fixed  of the fixed set
    /// @param others of those kept of other files
    /// @param least  of the fewest that are asked at all
    record Work(double own, double fixed, double others, double least) {}

    /// A step over so many tokens took so long.
    void trained(long nanos, long itsTokens) {
        trainedSeconds += nanos / 1e9;
        trainedTokens += itsTokens;
    }

    /// Asking rows of so much work took so long.
    void asked(double seconds, double itsWork) {
        double each = seconds / itsWork;
        secondsPerUnit = secondsPerUnit == 0 ? each : (secondsPerUnit + each) / 2;
    }

    /// What there is to be asked in the file in hand.
    void expect(Work itsWork) {
        work = itsWork;
    }

    /// Seconds that asking rows of so much work takes; 0 while nothing is known.
    double seconds(double itsWork) {
        return itsWork == 0 ? 0 : itsWork * each();
    }

    /// Seconds that asking what is kept of other files takes.
    double others() {
        return seconds(work.others());
    }

    private double each() {
        return secondsPerUnit > 0 || trainedTokens == 0 ? secondsPerUnit : OF_TRAINING * trainedSeconds / trainedTokens;
    }

    /// By what is known now; empty before anything was trained or asked.
    Optional<ForeseenExam> foreseen(EvaluationBudget budget) {
        if (budget.none()) {
            return Optional.of(ForeseenExam.NONE);
        }
        return each() == 0
                ? Optional.empty()
                : Optional.of(new ForeseenExam(
                        seconds(work.own() + work.fixed() + work.others()),
                        seconds(work.fixed()),
                        budget.left(),
                        budget.share(),
                        seconds(work.least())));
    }
}
