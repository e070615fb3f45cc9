package dev.stepwell.core.signals;

import java.util.Arrays;

/// The latest values of a series, in their order and by size. Adding one takes the logarithm of the window to
/// find its place, and a copy of a few kilobytes at most.
final class SlidingSample {
    /// Makes the median absolute deviation of a normal distribution its standard deviation.
    private static final double NORMAL = 1.4826;
    /// Standard deviations above which a tenth of a normal distribution is.
    private static final double NORMAL_TENTH = 1.2816;

    private final double[] values;
    private final double[] sorted;
    private long added;

    /// @param window values kept
    SlidingSample(int window) {
        values = new double[window];
        sorted = new double[window];
    }

    /// @param value not NaN
    void add(double value) {
        int size = size();
        int place = (int) (added % values.length);
        if (size == values.length) {
            int gone = Arrays.binarySearch(sorted, 0, size, values[place]);
            size--;
            System.arraycopy(sorted, gone + 1, sorted, gone, size - gone);
        }
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        values[place] = value;
        added++;
    }

    void clear() {
        added = 0;
    }

    int size() {
        return (int) Math.min(added, values.length);
    }

    boolean isFull() {
        return added >= values.length;
    }

    /// The value `age` values before the newest.
    double aged(int age) {
        return values[(int) ((added - 1 - age) % values.length)];
    }

    /// The value that a share of `fraction` of all does not exceed, between two of them where it falls there:
    /// type 7 of Hyndman and Fan (1996).
    ///
    /// @param fraction 0 to 1
    /// @throws IllegalStateException if there is no value
    double quantile(double fraction) {
        int size = size();
        if (size == 0) {
            throw new IllegalStateException("no value yet");
        }
        double place = fraction * (size - 1);
        int below = (int) place;
        double between = place - below;
        return between == 0 ? sorted[below] : sorted[below] + between * (sorted[below + 1] - sorted[below]);
    }

    double median() {
        return quantile(0.5);
    }

    /// How far values are from their median: 1.4826 times the median of their absolute differences from it,
    /// so that for a normal distribution it is the standard deviation. Up to half of the values may be
    /// anything.
    ///
    /// @throws IllegalStateException if there is no value
    double deviation() {
        double median = median();
        int size = size();
        // Differences grow to both sides of the median: the smaller of the next two is the next by size.
        int right = firstNotBelow(median);
        int left = right - 1;
        double before = 0;
        double difference = 0;
        for (int i = 0; i <= size / 2; i++) {
            before = difference;
            boolean fromLeft = left >= 0 && (right == size || median - sorted[left] <= sorted[right] - median);
            difference = fromLeft ? median - sorted[left--] : sorted[right++] - median;
        }
        return NORMAL * (size % 2 == 1 ? difference : (before + difference) / 2);
    }

    /// How far values are above their median: as [#deviation], but where the highest tenth is farther away
    /// than in a normal distribution, what that says. Losses are skewed: now and then there is a hard row.
    ///
    /// @throws IllegalStateException if there is no value
    double deviationAbove() {
        return Math.max(deviation(), (quantile(0.9) - median()) / NORMAL_TENTH);
    }

    private int firstNotBelow(double value) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
