package dev.stepwell.core.progress;

import org.jspecify.annotations.Nullable;

/// Work that comes back every so many steps of a file, such as a preview or a checkpoint. What comes with a file's
/// beginning or end is not counted here.
///
/// How often is measured, not configured: the period is the median of the latest distances between two of them in one
/// file. What came out of its turn, as a checkpoint for a pause does, is not counted in them.
final class RecurringCost {
    private static final int KEPT = 15;

    private final DurationSample durations = new DurationSample(32, 8);
    private final DurationSample distances = new DurationSample(KEPT, KEPT);
    private long latest;
    private long latestInTurn;
    private boolean inTurn;

    /// A file begins, or goes on, after `batchStep` of its steps.
    void fileAt(long batchStep) {
        latest = batchStep;
        latestInTurn = batchStep;
        inTurn = false;
    }

    /// It took so long, after `batchStep` steps of the file.
    void add(double seconds, long batchStep) {
        durations.add(seconds);
        if (batchStep > latest) {
            latest = batchStep;
            inTurn = true;
        }
    }

    /// Steps go on: what came last, unless it did [#outOfTurn], is one of those that come back.
    void wentOn() {
        if (inTurn) {
            distances.add((double) (latest - latestInTurn));
            latestInTurn = latest;
            inTurn = false;
        }
    }

    /// What came after the newest step had another reason, unless its turn had come.
    void outOfTurn() {
        Double period = distances.median();
        inTurn = inTurn && period != null && latest % period == 0;
    }

    /// How many times it comes in a file after `done` steps and before the last of `total`; 0 while none was measured.
    /// What comes after the step that was just done, and has not come yet, is still ahead.
    double timesWithin(long done, long total) {
        Double period = period();
        if (period == null || total <= done) {
            return 0;
        }
        boolean now = done > latest && done % period == 0;
        return Math.floor((total - 1) / period) - Math.floor(done / period) + (now ? 1 : 0);
    }

    /// How many times it comes in `files` files of `steps` steps together, taken to be of the same length.
    double timesIn(int files, long steps) {
        Double period = period();
        return period == null || files == 0 ? 0 : files * Math.floor(Math.max(0, (double) steps / files - 1) / period);
    }

    DurationSample.Prediction next() {
        return durations.next();
    }

    private @Nullable Double period() {
        Double period = distances.median();
        return period == null && inTurn ? (Double) (double) (latest - latestInTurn) : period;
    }
}
