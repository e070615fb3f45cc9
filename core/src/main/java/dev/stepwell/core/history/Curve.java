package dev.stepwell.core.history;

import java.util.Arrays;

/// Values of a [Metric] over global steps, ascending.
///
/// @param steps  global steps
/// @param at     when each was measured, in milliseconds since 1970
/// @param values as many, all finite
@SuppressWarnings("ArrayRecordComponent") // Made once, drawn once, compared by nobody.
public record Curve(long[] steps, long[] at, double[] values) {
    public Curve {
        if (steps.length != values.length || steps.length != at.length) {
            throw new IllegalArgumentException(
                    "%d steps, %d times, %d values".formatted(steps.length, at.length, values.length));
        }
    }

    public int size() {
        return steps.length;
    }

    /// The same shape in no more than `points` points; this, if it has no more.
    ///
    /// @param points at least 2
    public Curve downsampled(int points) {
        if (size() <= points) {
            return this;
        }
        int[] kept = Lttb.select(steps, values, points);
        return new Curve(
                Arrays.stream(kept).mapToLong(i -> steps[i]).toArray(),
                Arrays.stream(kept).mapToLong(i -> at[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
    }
}
