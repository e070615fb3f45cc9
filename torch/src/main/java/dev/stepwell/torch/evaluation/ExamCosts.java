package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.training.Evaluation.Subject;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// The time goes with the *work* in the rows ([Asked#work]), at a pace of its own for the fixed set and for what was
/// kept of a file: few rows are slower to ask, each, than many. Where one of them was not asked yet, it goes by the
/// other's; before anything was, a unit is taken to need [#OF_TRAINING] of what a token needs in training.
final class ExamCosts {
    private static final double OF_TRAINING = 0.7;

    private final Pace fixed = new Pace();
    private final Pace kept = new Pace();
    private double trainedSeconds;
    private double trainedTokens;
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

    /// Seconds that a unit of work has taken, lately above all; 0 while that is not known.
    private static final class Pace {
        private double secondsPerUnit;

        void asked(double seconds, double itsWork) {
            double each = seconds / itsWork;
            secondsPerUnit = secondsPerUnit == 0 ? each : (secondsPerUnit + each) / 2;
        }
    }

    /// Asking rows of so much work took so long.
    void asked(Subject subject, double seconds, double itsWork) {
        switch (subject) {
            case Subject.Fixed _ -> fixed.asked(seconds, itsWork);
            case Subject.Learnt _ -> kept.asked(seconds, itsWork);
        }
    }

    /// What there is to be asked in the file in hand.
    void expect(Work itsWork) {
        work = itsWork;
    }

    /// Seconds that asking rows of so much work takes; 0 while nothing is known.
    double seconds(Subject subject, double itsWork) {
        return switch (subject) {
            case Subject.Fixed _ -> itsWork * pace(fixed, kept);
            case Subject.Learnt _ -> itsWork * pace(kept, fixed);
        };
    }

    /// Seconds that asking what is kept of other files takes.
    double others() {
        return work.others() * pace(kept, fixed);
    }

    private double pace(Pace its, Pace other) {
        if (its.secondsPerUnit > 0) {
            return its.secondsPerUnit;
        }
        return other.secondsPerUnit > 0 || trainedTokens == 0
                ? other.secondsPerUnit
                : OF_TRAINING * trainedSeconds / trainedTokens;
    }

    /// By what is known now; empty before anything was trained or asked.
    Optional<ForeseenExam> foreseen(EvaluationBudget budget) {
        if (budget.none()) {
            return Optional.of(ForeseenExam.NONE);
        }
        double ofKept = pace(kept, fixed);
        double ofFixed = pace(fixed, kept);
        return ofKept == 0
                ? Optional.empty()
                : Optional.of(new ForeseenExam(
                        (work.own() + work.others()) * ofKept + work.fixed() * ofFixed,
                        work.fixed() * ofFixed,
                        budget.left(),
                        budget.share(),
                        work.least() * (work.own() == 0 ? ofFixed : ofKept)));
    }
}
