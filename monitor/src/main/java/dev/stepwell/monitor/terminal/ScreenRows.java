package dev.stepwell.monitor.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of a screen in their order, of which the least important are left out where it is too small.
final class ScreenRows {
    private static final int GAP = 100;

    private record Row(int priority, Line line) {}

    private final List<Row> rows = new ArrayList<>();

    /// @param priority the lower, the longer it stays
    void add(int priority, Line line) {
        rows.add(new Row(priority, line));
    }

    /// An empty row, the first to go. Two of them are one.
    void gap() {
        if (!rows.isEmpty() && rows.getLast().priority() != GAP) {
            add(GAP, Line.empty());
        }
    }

    /// Exactly `height` lines, the last of them `foot`.
    List<String> render(List<Line> foot, int width, int height, Style style) {
        // The head outlives the foot, and the keys what was said.
        int below = Math.clamp(height - 1L, 0, foot.size());
        int above = height - below;
        List<Integer> kept = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> rows.get(i).priority()))
                .limit(above)
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        kept.forEach(i -> lines.add(rows.get(i).line().render(width, style)));
        while (lines.size() < above) {
            lines.add("");
        }
        foot.subList(foot.size() - below, foot.size()).forEach(line -> lines.add(line.render(width, style)));
        return lines;
    }
}
