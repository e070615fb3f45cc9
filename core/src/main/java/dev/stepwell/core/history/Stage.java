package dev.stepwell.core.history;

/// How coarse an old part of the history is. From one stage to the next, buckets are four times as wide, and about a
/// quarter of the steps stays.
///
/// @param number 0 for all steps, then 1 to [#LAST]
record Stage(int number) {
    /// Buckets of a quarter of a billion steps.
    static final int LAST = 13;

    /// What usually stays of a bucket: the extremes of two values.
    private static final long KEPT_OF_BUCKET = 4;

    private static final int BUCKETS_OF_SLICE = 256;

    /// Of a bucket, in steps.
    long width() {
        return 1L << (2 * (number + 1));
    }

    /// Of what is thinned at once, in steps: as many as leave some four thousand rows of the stage before.
    long slice() {
        return BUCKETS_OF_SLICE * width();
    }

    /// Rows in `steps` steps, about.
    double rows(long steps) {
        return number == 0 ? steps : (double) steps * KEPT_OF_BUCKET / width();
    }

    /// The last multiple of a slice that is not above `step`.
    long floor(long step) {
        return Math.floorDiv(step, slice()) * slice();
    }
}
