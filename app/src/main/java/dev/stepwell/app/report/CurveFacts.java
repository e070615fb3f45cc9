package dev.stepwell.app.report;

import dev.stepwell.core.history.Curve;
import java.util.Locale;

/// What a curve comes to, in a sentence.
final class CurveFacts {
    private CurveFacts() {}

    /// The ends of `curve`, which has points, and its extremes.
    static String of(Curve curve) {
        double[] values = curve.values();
        int lowest = 0;
        int highest = 0;
        for (int i = 0; i < values.length; i++) {
            lowest = values[i] < values[lowest] ? i : lowest;
            highest = values[i] > values[highest] ? i : highest;
        }
        return "first %s, last %s; lowest %s at step %,d, highest %s at step %,d."
                .formatted(
                        value(values[0]),
                        value(values[values.length - 1]),
                        value(values[lowest]),
                        curve.steps()[lowest],
                        value(values[highest]),
                        curve.steps()[highest]);
    }

    private static String value(double value) {
        double size = Math.abs(value);
        if (size >= 10) {
            return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : "%.1f", value);
        }
        return Figures.nats(value);
    }
}
