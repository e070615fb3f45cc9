package dev.stepwell.core.progress;

/// Work that comes back every so many steps, such as an evaluation or a checkpoint.
///
/// How often is measured, not configured: `count` times in the steps up to the latest one. Steps after it only count
/// once they are more than a period, for until then nothing was due.
final class RecurringCost {
    private final DurationSample durations = new DurationSample(32, 8);
    private long stepsAtLatest;

    /// @param steps steps measured in this process until now
    void add(double seconds, long steps) {
        durations.add(seconds);
        stepsAtLatest = steps;
    }

    /// How many times it is expected in the next `ahead` steps.
    ///
    /// @param steps steps measured in this process until now, at least 1
    double timesIn(double ahead, long steps) {
        long count = durations.added();
        if (count == 0) {
            return 0;
        }
        boolean overdue = (steps - stepsAtLatest) * count > stepsAtLatest;
        return ahead * count / (overdue ? steps : stepsAtLatest);
    }

    DurationSample.Prediction next() {
        return durations.next();
    }
}
