package dev.stepwell.core.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Says how long the rest takes, from what this process has measured and from nothing else.
///
/// It is told durations of work, never clock times, so that a pause, an idle hour or steps that a checkpoint brought
/// along cannot enter. Not thread-safe.
///
/// For `n` steps that are left of this file and `m` of the `f` files that wait:
///
/// ```
///  seconds = (n·u + m·v)·pace(n + m)                          steps
///          + evals·eval + saves·save                          what comes back in the middle of files
///          + exams                                            what the trainer foresees to ask     ExamOutlook
///          + f·(reading + opening + closing) + what is left of this file's
///
///  u, v     work of a step of this file, and of those that wait: what a step takes for its tokens   Pace
///           tokens of this file are counted, those of waiting files follow from a sample of their rows, and
///           where there is none from their size                                     TokensBySample, TokensByBytes
///  variance = ((n·u + m·v)·pace·e)² + (m·v·pace·t)² + the variances of the other sums
///           e  how far the pace of as many steps was from that of as many before them               Steadiness
///           t  how far tokens of files were from what samples, or sizes, said
///  low      = seconds / r,  high = seconds · r,  r = exp(1.65·√variance / seconds), at most 10
/// ```
///
/// `eval`, `save`, `reading`, `opening` and `closing` are weighted, winsorised means with the variance of a sum
/// ([DurationSample]), and how often the first two come follows from how often they did ([RecurringCost]). An opening
/// is what is shown before a file's first step, a closing what comes after its last; exams, for which a budget is set,
/// are not in it, nor in `eval` ([FileInHand]). 1.65 standard deviations hold 90 % of a normal distribution. What was
/// not measured yet counts as nothing.
public final class EtaEstimator {
    /// Below so many measured steps nothing is known: the first is slow on any machine.
    public static final int STEPS_NEEDED = 3;

    private static final double DEVIATIONS = 1.65;
    private static final double MOST_TIMES = 10;

    private final Pace pace = new Pace();
    private final TokensByBytes byBytes = new TokensByBytes();
    private final TokensBySample bySample = new TokensBySample();
    private final RecurringCost evaluations = new RecurringCost();
    private final RecurringCost saves = new RecurringCost();
    private final DurationSample readings = new DurationSample(32, 8);
    private final DurationSample openings = new DurationSample(32, 8);
    private final DurationSample closings = new DurationSample(32, 8);
    private final ExamOutlook exams = new ExamOutlook();
    private @Nullable FileInHand file;
    private long claims;

    /// The turn of a file has come.
    ///
    /// @param bytes    its size
    /// @param expected tokens of all its steps, by a sample of its rows; 0 if there is none
    /// @param planned  what is planned for it
    public void claimed(long bytes, long expected, Progress planned) {
        claims++;
        file = new FileInHand(bytes, expected, planned);
    }

    /// The rows of the file are read, which took so long. The first file of a process is not counted: the others are
    /// read while the one before is trained.
    public void prepared(Duration took, Progress planned) {
        if (file != null) {
            file.read(planned);
        }
        if (claims > 1) {
            readings.add(seconds(took));
        }
        evaluations.fileAt(planned.batchStep());
        saves.fileAt(planned.batchStep());
        exams.fileAt(planned.batchStep());
    }

    /// All steps of the file, in all passes, have so many tokens.
    public void counted(long itsTokens, Progress planned) {
        if (file != null && planned.batchTotalSteps() > 0) {
            file.counted((double) itsTokens);
            byBytes.read(file.bytesPerStep(), (double) itsTokens / planned.batchTotalSteps());
            if (file.expectedTokens() > 0) {
                bySample.read(file.expectedTokens(), (double) itsTokens);
            }
        }
    }

    /// A step over `itsTokens` tokens was done in `nanos` nanoseconds, evaluation and saving not counted.
    public void step(long nanos, long itsTokens) {
        double seconds = Math.max(0, nanos) / 1e9;
        pace.step(seconds, (double) itsTokens);
        exams.step(seconds);
        evaluations.wentOn();
        saves.wentOn();
        if (file != null) {
            if (file.isOpening()) {
                openings.add(file.spent());
            }
            file.step((double) itsTokens);
            if (file.isClosing()) {
                exams.stepsDone();
            }
        }
    }

    /// What is asked in this file and after it, by what its trainer knows now.
    public void examForeseen(ForeseenExam exam) {
        exams.foresee(exam);
    }

    /// An exam, which is an evaluation that was foreseen, took so long.
    public void examined(Duration took, Progress progress) {
        if (file == null || file.isOpening()) {
            return; // Nothing of it is ahead any more, and what the next one may take its trainer says.
        }
        if (file.isClosing()) {
            exams.closed(seconds(took));
        } else {
            exams.between(seconds(took), progress.batchStep());
        }
    }

    /// An evaluation that was not foreseen took so long.
    public void evaluated(Duration took, Progress progress) {
        came(evaluations, took, progress);
    }

    /// A checkpoint took so long.
    public void saved(Duration took, Progress progress) {
        came(saves, took, progress);
    }

    /// Work on the file rests. A checkpoint just before was probably saved for that.
    public void paused() {
        saves.outOfTurn();
    }

    private void came(RecurringCost cost, Duration took, Progress progress) {
        if (file == null || file.isOpening() || file.isClosing()) {
            if (file != null) {
                file.spend(seconds(took));
            }
        } else {
            cost.add(seconds(took), progress.batchStep());
        }
    }

    /// Something else than this file is attended to now. If all its steps are done, it is done with, and what came
    /// after its last evaluation and checkpoint took so long.
    public void left(Duration filing) {
        if (file != null && file.isClosing()) {
            exams.closed(0);
            closings.add(file.spent() + seconds(filing));
            file = null;
        }
    }

    /// Time until this file is done; null while it cannot be known.
    public @Nullable Eta file(Progress progress) {
        return drain(progress, Backlog.NONE);
    }

    /// Time until this file and all that wait are done; null while it cannot be known.
    public @Nullable Eta drain(Progress progress, Backlog waiting) {
        if (pace.steps() < STEPS_NEEDED) {
            return null;
        }
        Sum sum = new Sum();
        addStepsAndExams(sum, progress, waiting);
        addRecurring(sum, evaluations, progress, waiting);
        addRecurring(sum, saves, progress, waiting);
        addEnds(sum, progress, waiting);
        return sum.eta();
    }

    private void addStepsAndExams(Sum sum, Progress progress, Backlog waiting) {
        double steps = (double) progress.stepsLeft() + waiting.steps();
        if (steps == 0) {
            addExams(sum, 0, 0, progress, waiting);
            return;
        }
        Pace.Forecast forecast = pace.next(steps);
        double here = progress.stepsLeft() * pace.work(tokensPerStepLeft());
        double behind = waiting.steps() == 0 ? 0 : waiting.steps() * pace.work(tokensPerStep(waiting));
        sum.add((here + behind) * forecast.seconds(), forecast.error());
        if (behind > 0) {
            double error = waiting.tokens() > 0 ? bySample.error(waiting.files()) : byBytes.error(waiting.files());
            sum.doubt(behind * forecast.seconds() * pace.tokenShare() * error);
        }
        addExams(sum, here * forecast.seconds(), behind * forecast.seconds(), progress, waiting);
    }

    private void addExams(Sum sum, double trainingHere, double trainingBehind, Progress progress, Backlog waiting) {
        double here = exams.here(trainingHere, progress);
        double behind = exams.behind(trainingHere + trainingBehind, here, waiting);
        sum.add(here + behind, exams.error());
    }

    private double tokensPerStepLeft() {
        if (file == null) {
            return pace.meanTokens();
        }
        if (file.isCounted()) {
            return file.tokensPerStepLeft();
        }
        return file.expectedTokens() > 0 ? file.expectedPerStep() : expected(file.bytesPerStep());
    }

    private double tokensPerStep(Backlog waiting) {
        return waiting.tokens() > 0
                ? (double) waiting.tokens() / waiting.steps()
                : expected((double) waiting.bytes() / waiting.steps());
    }

    private double expected(double bytesPerStep) {
        return byBytes.isEmpty() || bytesPerStep <= 0 ? pace.meanTokens() : byBytes.at(bytesPerStep);
    }

    private static void addRecurring(Sum sum, RecurringCost cost, Progress progress, Backlog waiting) {
        double times = cost.timesWithin(progress.batchStep(), progress.batchTotalSteps())
                + cost.timesIn(waiting.files(), waiting.steps());
        sum.add(cost.next(), times);
    }

    private void addEnds(Sum sum, Progress progress, Backlog waiting) {
        DurationSample.Prediction opening = openings.next();
        DurationSample.Prediction closing = closing();
        double spent = file == null ? 0 : file.spent();
        boolean opens = file != null && file.isOpening();
        sum.add(readings.next(), waiting.files() + (file != null && !file.isRead() ? 1 : 0));
        sum.add(opening, waiting.files() + (opens ? 1 : 0), opens ? spent : 0);
        sum.add(closing, waiting.files() + 1.0, progress.stepsLeft() > 0 ? 0 : spent);
    }

    /// Before the first: a checkpoint as in the middle of a file, and what came before its first step once more, since
    /// what is asked before a file is asked after it, too.
    private DurationSample.Prediction closing() {
        return closings.isEmpty() ? saves.next().and(openings.next()) : closings.next();
    }

    private static double seconds(Duration duration) {
        return Math.max(0, duration.toNanos()) / 1e9;
    }

    /// A sum of durations that do not depend on each other.
    private static final class Sum {
        private double seconds;
        private double variance;

        /// @param error relative
        void add(double more, double error) {
            seconds += more;
            doubt(more * error);
        }

        void add(DurationSample.Prediction each, double times) {
            add(each, times, 0);
        }

        /// @param spent of the first of them, already
        void add(DurationSample.Prediction each, double times, double spent) {
            seconds += times * each.mean() - Math.min(each.mean(), spent);
            variance += each.varianceOfSum(times);
        }

        void doubt(double deviation) {
            variance += deviation * deviation;
        }

        Eta eta() {
            if (seconds <= 0) {
                return new Eta(0, 0, 0);
            }
            double times = Math.min(MOST_TIMES, Math.exp(DEVIATIONS * Math.sqrt(variance) / seconds));
            return new Eta(seconds, seconds / times, seconds * times);
        }
    }
}
