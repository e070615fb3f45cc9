package dev.stepwell.core.progress;

import org.jspecify.annotations.Nullable;

/// How long the model will still be asked in this file and in those that wait, from what its trainer foresees.
///
/// How far that may be off follows from how far it was, each time that the last step of a file was done and what was
/// asked then came:
///
/// ```
///  d = (came − told) / max(came, told)       error² = (Σ d² + 2 · 0.5²) / (files + 2),  older ones counting less
/// ```
final class ExamOutlook {
    private static final double FIRST = 0.5;
    private static final double DOUBT = 2;
    private static final double MEMORY = 0.9;

    private final RecurringCost during = new RecurringCost();
    private @Nullable ForeseenExam foreseen;
    private double trained;
    private double told;
    private boolean over;
    private double squares;
    private double weights;

    /// A file begins, or goes on, after so many of its steps.
    void fileAt(long batchStep) {
        during.fileAt(batchStep);
        over = false;
    }

    void foresee(ForeseenExam exam) {
        foreseen = exam;
        trained = 0;
    }

    /// A step took so long.
    void step(double seconds) {
        trained += seconds;
        during.wentOn();
    }

    /// The last step of the file is done.
    void stepsDone() {
        told = foreseen == null ? 0 : foreseen.seconds(trained, 0);
    }

    /// The model was asked between two steps.
    void between(double seconds, long batchStep) {
        during.add(seconds, batchStep);
    }

    /// The model was asked after the last step, for so long; 0 if it was not.
    void closed(double seconds) {
        if (over) {
            return;
        }
        over = true;
        double most = Math.max(told, seconds);
        if (foreseen != null && most > 0) {
            double miss = (seconds - told) / most;
            squares = MEMORY * squares + miss * miss;
            weights = MEMORY * weights + 1;
        }
    }

    /// Seconds of asking until the end of this file.
    ///
    /// @param training seconds until its last step
    double here(double training, Progress progress) {
        return foreseen == null || over
                ? 0
                : foreseen.seconds(
                        trained + training, during.timesWithin(progress.batchStep(), progress.batchTotalSteps()));
    }

    /// Seconds of asking in the files that wait.
    ///
    /// @param training seconds until their last step
    /// @param here     seconds of asking before them
    double behind(double training, double here, Backlog waiting) {
        if (foreseen == null) {
            return 0;
        }
        double budget = foreseen.left() + foreseen.share() * (trained + training) - here;
        double wanted = waiting.files() * foreseen.after()
                + during.timesIn(waiting.files(), waiting.steps()) * foreseen.during();
        return Math.clamp(wanted, 0, Math.max(0, budget));
    }

    /// The relative error to expect.
    double error() {
        return Math.sqrt((squares + DOUBT * FIRST * FIRST) / (weights + DOUBT));
    }
}
