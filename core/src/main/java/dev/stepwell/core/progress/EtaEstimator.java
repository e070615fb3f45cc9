package dev.stepwell.core.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says how long the rest takes, from what this process has measured and from nothing else.
///
/// It is told durations of work, never clock times, so that a pause, an idle hour or steps that a checkpoint brought
/// along cannot enter. Not thread-safe.
///
/// For `n` steps that are left, `f` files of which they end, and `m` steps of files still to be prepared:
///
/// ```
///  seconds  = n·step + evals·eval + saves·save + m·prepare
///  evals    = n · (evaluations measured / steps measured)
///  saves    = max(f, n · (saves measured / steps measured)): every file's end is a save
///  variance = var(Σ of n steps) + var(Σ of evals) + var(Σ of saves) + m²·var(prepare)
///  low/high = seconds ∓ (2·√variance + 0.05·seconds), low not below 0
/// ```
///
/// `step`, `eval` and `save` are weighted, winsorised means with the variance of a sum ([DurationSample]); `prepare`
/// is the time to read a file per step planned for it. Two standard deviations are 95 % of a normal distribution; the
/// five percent allow for a machine that gets slower or faster. What was not measured yet counts as nothing.
public final class EtaEstimator {
    /// Below so many measured steps nothing is known: the first is slow on any machine.
    public static final int STEPS_NEEDED = 3;

    private static final double DEVIATIONS = 2;
    private static final double DRIFT = 0.05;

    private final DurationSample steps = new DurationSample(256, 64);
    private final RecurringCost evaluations = new RecurringCost();
    private final RecurringCost saves = new RecurringCost();
    private final DurationSample preparingPerStep = new DurationSample(32, 8);

    /// A step was done in `nanos` nanoseconds, evaluation and saving not counted.
    public void step(long nanos) {
        steps.add(Math.max(0, nanos) / 1e9);
    }

    /// An evaluation took so long.
    public void evaluated(Duration took) {
        evaluations.add(seconds(took), steps.added());
    }

    /// A checkpoint took so long.
    public void saved(Duration took) {
        saves.add(seconds(took), steps.added());
    }

    /// Reading a file of `plannedSteps` steps took so long. A file of no steps says nothing.
    public void prepared(Duration took, long plannedSteps) {
        if (plannedSteps > 0) {
            preparingPerStep.add(seconds(took) / plannedSteps);
        }
    }

    /// Time until this file is done; null while it cannot be known.
    ///
    /// @param preparing whether its rows are still being read
    public @Nullable Eta file(Progress progress, boolean preparing) {
        return left((double) progress.stepsLeft(), 1, preparing ? (double) progress.batchTotalSteps() : 0);
    }

    /// Time until this file and all that wait are done; null while it cannot be known.
    ///
    /// @param preparing    whether this file's rows are still being read
    /// @param waitingFiles files behind this one
    /// @param waitingSteps steps planned for them
    public @Nullable Eta drain(Progress progress, boolean preparing, int waitingFiles, long waitingSteps) {
        return left(
                (double) progress.stepsLeft() + waitingSteps,
                1.0 + waitingFiles,
                (preparing ? (double) progress.batchTotalSteps() : 0) + waitingSteps);
    }

    private @Nullable Eta left(double stepsLeft, double filesLeft, double stepsToPrepare) {
        if (steps.added() < STEPS_NEEDED) {
            return null;
        }
        if (stepsLeft == 0) {
            return new Eta(0, 0, 0);
        }
        var step = steps.next();
        var eval = evaluations.next();
        var save = saves.next();
        var prepare = preparingPerStep.next();
        double evals = evaluations.timesIn(stepsLeft, steps.added());
        double saved = Math.max(filesLeft, saves.timesIn(stepsLeft, steps.added()));
        double seconds =
                stepsLeft * step.mean() + evals * eval.mean() + saved * save.mean() + stepsToPrepare * prepare.mean();
        double variance = step.varianceOfSum(stepsLeft)
                + eval.varianceOfSum(evals)
                + save.varianceOfSum(saved)
                + stepsToPrepare * stepsToPrepare * prepare.variance();
        double margin = DEVIATIONS * Math.sqrt(variance) + DRIFT * seconds;
        return new Eta(seconds, Math.max(0, seconds - margin), seconds + margin);
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos()) / 1e9;
    }
}
