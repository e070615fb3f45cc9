package dev.stepwell.core.signals;

import org.jspecify.annotations.Nullable;

/// Where the latest values of a series go: see [SlopeTest].
final class TrendWindow {
    /// Values looked at: enough to see, in nineteen of twenty cases, a change of two standard deviations of
    /// the noise over the window; few enough to see that something has changed.
    static final int WINDOW = 128;
    /// With fewer nothing is said.
    static final int LEAST = 32;

    private final boolean lowIsGood;
    private final double[] values = new double[WINDOW];
    private long added;
    private @Nullable Trend trend;

    /// @param lowIsGood whether a series that falls improves
    TrendWindow(boolean lowIsGood) {
        this.lowIsGood = lowIsGood;
    }

    void add(double value) {
        values[(int) (added++ % WINDOW)] = value;
        trend = added < LEAST ? null : of(SlopeTest.of(inOrder()));
    }

    void clear() {
        added = 0;
        trend = null;
    }

    /// Null until [#LEAST] values are there.
    @Nullable
    Trend trend() {
        return trend;
    }

    private Trend of(SlopeTest test) {
        int direction = test.direction();
        if (direction == 0) {
            return Trend.FLAT;
        }
        return direction < 0 == lowIsGood ? Trend.IMPROVING : Trend.WORSENING;
    }

    private double[] inOrder() {
        int size = (int) Math.min(added, WINDOW);
        int oldest = (int) ((added - size) % WINDOW);
        double[] ordered = new double[size];
        int head = Math.min(size, WINDOW - oldest);
        System.arraycopy(values, oldest, ordered, 0, head);
        System.arraycopy(values, 0, ordered, head, size - head);
        return ordered;
    }
}
