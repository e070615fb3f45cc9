package dev.stepwell.core.alerts;

import java.util.Locale;

/// Numbers as alerts say them.
final class Figures {
    private Figures() {}

    /// With three digits that count.
    static String of(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// A share of 0 to 1 in whole percent.
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
