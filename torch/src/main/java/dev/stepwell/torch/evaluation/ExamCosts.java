package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import java.util.List;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// ```
///  seconds = pass · (graded + 1.2 · read) + step · steps
/// ```
///
/// Pass and step are measured apart, so that rows of one kind tell what those of another will take; the older an exam,
/// the less it counts. Prompts of different lengths are read one after the other, which is slower than all at once.
/// Before anything was asked, a pass is taken to need [#OF_TRAINING] of what it needs in training, and a step as much
/// as [#PASSES_OF_STEP] passes: so it is on two processors.
///
/// How long the model's answers are, it has shown, too: one that has not learnt where an answer ends goes on until it
/// is cut off.
final class ExamCosts {
    private static final double OF_TRAINING = 0.5;
    private static final double PASSES_OF_STEP = 60;
    private static final double ONE_BY_ONE = 1.2;

    private final double headShare;
    private final Ratio pass = new Ratio();
    private final Ratio step = new Ratio();
    private final Ratio verbosity = new Ratio();
    private double trainedSeconds;
    private double trainedPasses;
    private double targetShare;
    private Ahead ahead = new Ahead(List.of(), ExamWork.NONE, ExamWork.NONE);

    /// @param headShare as [ExamWork#of] has it
    ExamCosts(double headShare) {
        this.headShare = headShare;
    }

    /// What there is to be asked.
    ///
    /// @param sets   after the file, in their order
    /// @param fixed  the fixed set, which is asked between steps, too
    /// @param others rows kept of other files, all together
    record Ahead(List<Rows> sets, ExamWork fixed, ExamWork others) {
        Ahead {
            sets = List.copyOf(sets);
        }
    }

    /// A set that is asked after a file.
    ///
    /// @param least  of it, the fewest rows that are asked at all
    /// @param yields whether it leaves something to those behind it
    record Rows(ExamWork least, ExamWork all, boolean yields) {}

    /// What there is to be asked in the file in hand.
    ///
    /// @param itsTargetShare of the positions in its rows, how many are trained
    void expect(Ahead itsWork, double itsTargetShare) {
        ahead = itsWork;
        targetShare = itsTargetShare;
    }

    /// A step over so many tokens of that file took so long.
    void trained(long nanos, long tokens) {
        trainedSeconds += nanos / 1e9;
        trainedPasses += tokens * (1 + headShare * targetShare);
    }

    /// Asking took so long: to grade what the rows say, and to have answers written.
    ///
    /// @param work       as it turned out
    /// @param rightSteps how many steps the right answers would have been
    void asked(ExamWork work, double rightSteps, double grading, double writing) {
        pass.add(grading, work.graded());
        verbosity.add(work.steps(), rightSteps);
        step.add(Math.max(0, writing - pass() * ONE_BY_ONE * work.read()), work.steps());
    }

    /// How much there is for each of something.
    private static final class Ratio {
        private static final double MEMORY = 0.7;

        private double much;
        private double count;

        void add(double itsMuch, double itsCount) {
            if (itsCount > 0) {
                much = MEMORY * much + itsMuch;
                count = MEMORY * count + itsCount;
            }
        }

        double or(double unknown) {
            return count == 0 ? unknown : much / count;
        }
    }

    /// How long answers are, of what the right ones are.
    double verbosity() {
        return verbosity.or(1);
    }

    /// Seconds that so much work takes; 0 while nothing is known.
    double seconds(ExamWork work) {
        double ofPass = pass();
        double ofStep = step.or(PASSES_OF_STEP * (1 + headShare) * ofPass);
        return ofPass * (work.graded() + ONE_BY_ONE * work.read()) + ofStep * work.steps();
    }

    private double pass() {
        return pass.or(trainedPasses == 0 ? 0 : OF_TRAINING * trainedSeconds / trainedPasses);
    }

    /// Seconds that asking what is kept of other files takes.
    double others() {
        return seconds(ahead.others());
    }

    /// By what is known now; empty before anything was trained or asked.
    Optional<ForeseenExam> foreseen(EvaluationBudget budget) {
        if (budget.none()) {
            return Optional.of(ForeseenExam.NONE);
        }
        return trainedPasses == 0 && pass.count == 0
                ? Optional.empty()
                : Optional.of(new ForeseenExam(
                        ahead.sets().stream()
                                .map(rows -> new ForeseenExam.Rows(
                                        seconds(rows.least()), seconds(rows.all()), rows.yields()))
                                .toList(),
                        seconds(ahead.fixed()),
                        budget.left(),
                        budget.share()));
    }
}
