package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The loss on the full screen: its chart, higher where there is room, and what else the newest step measured.
///
/// @param moves whether steps are made now, so that they have a speed
record LossRows(StatusDocument document, boolean moves, int width, Style style) {
    private static final int HIGHEST = 6;
    /// Cells for the numbers beside a chart.
    private static final int SCALE = 11;

    void addTo(ScreenRows rows, int height) {
        List<List<Line>> charts = charts(Math.clamp((height - 24) / 3 + 1, 1, HIGHEST));
        if (!charts.isEmpty()) {
            rows.add(Rank.LOSS, charts);
        }
        List<String> measured = moves ? Words.measurements(document) : Words.learnt(document);
        if (!measured.isEmpty()) {
            rows.add(Rank.MEASURED, Line.label("").add(joined(measured)));
        }
        if (!charts.isEmpty() || !measured.isEmpty()) {
            rows.gap();
        }
    }

    /// From the highest to one of a single line.
    private List<List<Line>> charts(int highest) {
        List<@Nullable Double> history = document.answers().trainLossHistory();
        if (history == null) {
            return List.of();
        }
        return IntStream.iterate(highest, height -> height > 0, height -> height - 1)
                .mapToObj(height -> chart(history, height))
                .filter(lines -> !lines.isEmpty())
                .toList();
    }

    private List<Line> chart(List<@Nullable Double> history, int height) {
        int room = width - Line.LABELLED - 1 - (height > 1 ? SCALE : 0);
        if (room <= 0) {
            return List.of();
        }
        Sparkline.Chart chart = new Sparkline(style.unicode()).draw(history, room, height);
        List<Line> lines = new ArrayList<>();
        for (String text : chart.lines()) {
            lines.add(Line.label(lines.isEmpty() ? "Loss" : "").add(text, Tone.ACCENT));
        }
        if (height > 1 && !lines.isEmpty()) {
            lines.getFirst().add("  " + Words.loss(chart.high()), Tone.DIM);
            lines.getLast().add("  " + Words.loss(chart.low()), Tone.DIM);
        }
        return lines;
    }

    /// As many as fit.
    private String joined(List<String> measured) {
        StringBuilder text = new StringBuilder(measured.getFirst());
        for (String next : measured.subList(1, measured.size())) {
            String more = style.separator() + next;
            if (Line.LABELLED + Cells.width(text + more) > width) {
                break;
            }
            text.append(more);
        }
        return text.toString();
    }
}
