package dev.stepwell.monitor.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A history of numbers as a small chart of characters, the newest at the right.
///
/// @param unicode whether it may be drawn with blocks
record Sparkline(boolean unicode) {
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String ASCII = " _.-=+*#@";
    private static final int LEVELS = 8;

    /// @param lines the highest first; none if there was no number
    /// @param low   the least number shown
    /// @param high  the greatest
    record Chart(List<String> lines, double low, double high) {}

    /// The newest `cells` of `history` in `height` lines. A gap is left for what is no number.
    Chart draw(List<@Nullable Double> history, int cells, int height) {
        List<@Nullable Double> shown = history.subList(Math.max(0, history.size() - cells), history.size());
        List<Double> known =
                shown.stream().filter(Objects::nonNull).filter(Double::isFinite).toList();
        if (known.isEmpty()) {
            return new Chart(List.of(), 0, 0);
        }
        double low = known.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double high = known.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        List<String> lines = new ArrayList<>();
        for (int line = height - 1; line >= 0; line--) {
            StringBuilder text = new StringBuilder();
            for (Double value : shown) {
                int level = value == null || !Double.isFinite(value) ? 0 : level(value, low, high, height);
                text.append((unicode ? BLOCKS : ASCII).charAt(Math.clamp(level - (long) line * LEVELS, 0, LEVELS)));
            }
            lines.add(text.toString());
        }
        return new Chart(lines, low, high);
    }

    /// From 1 to the levels of all lines; in the middle where there is nothing to compare with.
    private static int level(double value, double low, double high, int height) {
        int levels = height * LEVELS;
        double share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
        return 1 + (int) Math.round(share * (levels - 1));
    }
}
