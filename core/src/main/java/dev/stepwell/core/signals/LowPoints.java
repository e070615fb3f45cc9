package dev.stepwell.core.signals;

import org.jspecify.annotations.Nullable;

/// How much lower a series has come lately than ever before.
final class LowPoints {
    private final double[] latest;
    private long added;
    private double before = Double.POSITIVE_INFINITY;

    /// @param window values that are the latest
    LowPoints(int window) {
        latest = new double[window];
    }

    void add(double value) {
        int place = (int) (added % latest.length);
        if (added >= latest.length) {
            before = Math.min(before, latest[place]);
        }
        latest[place] = value;
        added++;
    }

    /// The lowest of all values before the latest, less the lowest of those; negative where nothing was
    /// gained. Null until there are values before them.
    @Nullable
    Double gain() {
        if (added <= latest.length) {
            return null;
        }
        double lowest = Double.POSITIVE_INFINITY;
        for (double value : latest) {
            lowest = Math.min(lowest, value);
        }
        return before - lowest;
    }
}
