package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import java.util.Arrays;

/// A curve that jumps, made calm: the mean of each stretch of equal width.
final class Means {
    private Means() {}

    /// At most `points` means of `curve`, each at the middle of its stretch's points.
    ///
    /// @param points at least 1
    static Curve of(Curve curve, int points) {
        long first = curve.steps()[0];
        double width = (curve.steps()[curve.size() - 1] - first + 1.0) / points;
        long[] steps = new long[points];
        long[] at = new long[points];
        double[] values = new double[points];
        int count = 0;
        for (int from = 0; from < curve.size(); ) {
            long stretch = stretch(curve, from, first, width);
            double sum = 0;
            int to = from;
            while (to < curve.size() && stretch(curve, to, first, width) == stretch) {
                sum += curve.values()[to++];
            }
            int middle = (from + to - 1) / 2;
            steps[count] = curve.steps()[middle];
            at[count] = curve.at()[middle];
            values[count++] = sum / (to - from);
            from = to;
        }
        return new Curve(Arrays.copyOf(steps, count), Arrays.copyOf(at, count), Arrays.copyOf(values, count));
    }

    private static long stretch(Curve curve, int point, long first, double width) {
        return (long) ((curve.steps()[point] - first) / width);
    }
}
