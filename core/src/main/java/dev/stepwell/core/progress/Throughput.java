package dev.stepwell.core.progress;

import org.jspecify.annotations.Nullable;

/// Steps and tokens per second over the latest steps of this process: training time only, so that neither a pause nor
/// an evaluation makes the model look slower than it is. Not thread-safe.
public final class Throughput {
    private static final int WINDOW = 64;

    private final long[] nanos = new long[WINDOW];
    private final long[] tokens = new long[WINDOW];
    private long steps;

    /// A step over `itsTokens` tokens was done in `itsNanos` nanoseconds.
    public void step(long itsNanos, long itsTokens) {
        int place = (int) (steps++ % WINDOW);
        nanos[place] = itsNanos;
        tokens[place] = itsTokens;
    }

    /// Null until two steps were measured.
    public @Nullable Double stepsPerSecond() {
        return perSecond(Math.min(steps, WINDOW));
    }

    /// Null until two steps were measured.
    public @Nullable Double tokensPerSecond() {
        return perSecond(sum(tokens));
    }

    private @Nullable Double perSecond(long done) {
        long spent = sum(nanos);
        return steps < 2 || spent <= 0 ? null : (Double) (done / (spent / 1e9));
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}
