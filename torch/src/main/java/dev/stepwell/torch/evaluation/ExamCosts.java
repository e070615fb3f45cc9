package dev.stepwell.torch.evaluation;

import dev.stepwell.core.progress.ForeseenExam;
import java.util.Optional;

/// What asking costs, by what it has cost so far, and what will be asked in the file in hand. For one thread.
///
/// ```
///  seconds = pass · (graded + read) + step · steps
/// ```
///
/// Both paces are measured apart, so that rows of one kind tell what those of another will take. Before anything was
/// asked, a pass is taken to need [#OF_TRAINING] of what it needs in training, and a step as much as
/// [#PASSES_OF_STEP] passes.
final class ExamCosts {
    private static final double OF_TRAINING = 0.4;
    private static final double PASSES_OF_STEP = 30;

    private final double headShare;
    private double trainedSeconds;
    private double trainedPasses;
    private double targetShare;
    private double secondsOfPass;
    private double secondsOfStep;
    private Ahead ahead = new Ahead(ExamWork.NONE, ExamWork.NONE, ExamWork.NONE, ExamWork.NONE);

    /// @param headShare as [ExamWork#of] has it
    ExamCosts(double headShare) {
        this.headShare = headShare;
    }

    /// What there is to be asked.
    ///
    /// @param own    rows kept of this file
    /// @param fixed  the fixed set
    /// @param others rows kept of other files
    /// @param least  the fewest rows that are asked at all
    record Ahead(ExamWork own, ExamWork fixed, ExamWork others, ExamWork least) {}

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
    void asked(ExamWork work, double grading, double writing) {
        secondsOfPass = mean(secondsOfPass, grading / work.graded());
        if (work.steps() > 0) {
            secondsOfStep = mean(secondsOfStep, Math.max(0, writing - secondsOfPass * work.read()) / work.steps());
        }
    }

    private static double mean(double known, double newest) {
        return known == 0 ? newest : (known + newest) / 2;
    }

    /// Seconds that so much work takes; 0 while nothing is known.
    double seconds(ExamWork work) {
        double pass = pass();
        double step = secondsOfStep > 0 ? secondsOfStep : PASSES_OF_STEP * (1 + headShare) * pass;
        return pass * (work.graded() + work.read()) + step * work.steps();
    }

    private double pass() {
        return secondsOfPass > 0 || trainedPasses == 0 ? secondsOfPass : OF_TRAINING * trainedSeconds / trainedPasses;
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
        return pass() == 0
                ? Optional.empty()
                : Optional.of(new ForeseenExam(
                        seconds(ahead.own().plus(ahead.fixed()).plus(ahead.others())),
                        seconds(ahead.fixed()),
                        budget.left(),
                        budget.share(),
                        seconds(ahead.least())));
    }
}
