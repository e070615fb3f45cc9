package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One picture of the full screen. A pure function: what is shown depends on nothing but the arguments.
final class WatchFrame {
    private static final String INDENT = " ";
    private static final int LABEL = 8;

    private final Sight sight;
    private final Instant now;
    private final int width;
    private final Style style;
    private final ScreenRows rows = new ScreenRows();
    private int numbersWidth;

    private WatchFrame(Sight sight, Instant now, int width, Style style) {
        this.sight = sight;
        this.now = now;
        this.width = width;
        this.style = style;
    }

    /// Exactly `height` lines of at most `width` cells each, painted as `style` allows.
    ///
    /// @param place where the daemon is
    /// @param note  what was answered or is asked, above the keys; may be empty
    static List<String> render(
            Sight sight, String place, String note, Instant now, int width, int height, Style style) {
        WatchFrame frame = new WatchFrame(sight, now, width, style);
        frame.head(place);
        if (sight.reading() instanceof StatusReading.Present(StatusDocument document)) {
            frame.body(document, height);
        }
        return frame.rows.render(frame.foot(note), width, height, style);
    }

    private void head(String place) {
        Line line = Line.of(INDENT);
        if (sight.lost() != null) {
            line.add("Connection lost: " + Cells.neutral(sight.lost()) + "; trying again", Tone.BAD);
        } else if (sight.reading() instanceof StatusReading.Present(StatusDocument document)) {
            Liveness liveness = Liveness.of(document, now);
            line.add(StateLine.brief(document, liveness), StateLine.tone(liveness));
        } else {
            line.add(
                    TerminalDisplay.lines(sight.reading(), now, TerminalDisplay.Format.SIMPLE)
                            .getFirst(),
                    Tone.WARNING);
        }
        int room = width - line.width() - 2;
        String where = Cells.fitMiddle(Cells.neutral(place), Math.min(room, width / 2), style.ellipsis());
        if (room >= 12) {
            line.add(" ".repeat(room + 1 - Cells.width(where))).add(where, Tone.DIM);
        }
        rows.add(0, line);
    }

    private void body(StatusDocument document, int height) {
        rows.gap();
        numbersWidth = Stream.of(fileNumbers(document), queueNumbers(document), lifeNumbers(document))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        file(document);
        queue(document);
        life(document);
        loss(document, height);
        new PreviewRows(document, width, style).addTo(rows, height);
        troubles(document);
    }

    private static String fileNumbers(StatusDocument document) {
        return numbers("step ", Share.ofFile(document));
    }

    private static String queueNumbers(StatusDocument document) {
        return numbers("file ", Share.ofQueue(document));
    }

    private static String lifeNumbers(StatusDocument document) {
        return numbers("step ", Share.ofLife(document));
    }

    private static String numbers(String what, @Nullable Share share) {
        return share == null ? "" : what + share.done() + "/" + share.total();
    }

    private void file(StatusDocument document) {
        Share share = Share.ofFile(document);
        String name = document.file().currentFile();
        if (share == null || name == null) {
            return;
        }
        String shown = Cells.fitMiddle(Cells.neutral(name), width - LABEL - 1, style.ellipsis());
        rows.add(20, label("File").add(shown, Tone.BOLD));
        rows.add(2, bar("", share, fileNumbers(document)));
        addTimeLeft(21, "", document.derived().etaFile(), document);
        rows.gap();
    }

    private void queue(StatusDocument document) {
        Share share = Share.ofQueue(document);
        Integer waiting = document.derived().waitingFiles();
        if (share != null) {
            rows.add(3, bar("Queue", share, queueNumbers(document)));
        }
        addTimeLeft(
                22,
                waiting == null ? "" : Words.waiting(waiting),
                document.derived().etaQueue(),
                document);
        if (!sight.next().isEmpty()) {
            Line next = label("Next");
            String names =
                    String.join(", ", sight.next().stream().map(Cells::neutral).toList());
            rows.add(50, next.add(names));
        }
        if (share != null || waiting != null) {
            rows.gap();
        }
    }

    private void life(StatusDocument document) {
        Share share = Share.ofLife(document);
        if (share != null) {
            rows.add(4, bar("Total", share, lifeNumbers(document)));
            rows.gap();
        }
    }

    private void loss(StatusDocument document, int height) {
        List<@Nullable Double> history = document.answers().trainLossHistory();
        int room = width - LABEL - 2;
        if (history != null && room > 0) {
            int lines = Math.clamp((height - 24) / 3 + 1, 1, 6);
            List<String> chart = new Sparkline(style.unicode()).draw(history, room, lines);
            for (int i = 0; i < chart.size(); i++) {
                Line line = i == 0 ? label("Loss") : label("");
                rows.add(i == 0 ? 30 : 60, line.add(chart.get(i), Tone.ACCENT));
            }
        }
        List<String> measured = Words.measurements(document);
        if (!measured.isEmpty()) {
            rows.add(31, label("").add(joined(measured)));
        }
        if (history != null || !measured.isEmpty()) {
            rows.gap();
        }
    }

    /// As many as fit.
    private String joined(List<String> measured) {
        StringBuilder text = new StringBuilder(measured.getFirst());
        for (String next : measured.subList(1, measured.size())) {
            String more = style.separator() + next;
            if (LABEL + INDENT.length() + Cells.width(text + more) > width) {
                break;
            }
            text.append(more);
        }
        return text.toString();
    }

    private void troubles(StatusDocument document) {
        String error = StateLine.error(document);
        if (!error.isEmpty()) {
            rows.add(6, label("Error", Tone.BAD).add(error.substring(2)));
        }
        for (String alert : StateLine.alerts(document)) {
            rows.add(7, label("Alert", Tone.BAD).add(alert));
        }
    }

    /// What stands at the bottom: what was said, and the keys.
    private List<Line> foot(String note) {
        String locked = sight.locked();
        Line said = Line.of(INDENT);
        if (note.isEmpty() && locked != null) {
            said.add("Read only: " + Cells.neutral(locked), Tone.DIM);
        } else {
            said.add(Cells.neutral(note), Tone.WARNING);
        }
        return List.of(said, WatchKeys.line(locked == null, width - INDENT.length()));
    }

    private Line bar(String name, Share share, String numbers) {
        int beside = LABEL + INDENT.length() + " 100%  ".length() + numbersWidth;
        int cells = Math.clamp((long) width - beside, 5, 60);
        int filled = share.filled(cells);
        return label(name)
                .add(style.filled().repeat(filled), Tone.ACCENT)
                .add(style.empty().repeat(cells - filled), Tone.DIM)
                .add(" %3d%%".formatted(share.percent()), Tone.BOLD)
                .add("  " + numbers);
    }

    private void addTimeLeft(int priority, String what, @Nullable TimeLeft eta, StatusDocument document) {
        Line line = label("").add(what);
        boolean known = eta != null && eta.highSeconds() > 0 && sight.lost() == null;
        if (eta != null && known) {
            line.add(what.isEmpty() ? "" : style.separator(), Tone.DIM);
            String range = "done in " + Words.timeLeft(eta, document.timestamp(), now, style);
            boolean fits = line.width() + Cells.width(range) <= width;
            line.add(fits ? range : "done in " + Words.timeLeft(eta, document.timestamp(), now));
        }
        if (known || !what.isEmpty()) {
            rows.add(priority, line);
        }
    }

    private static Line label(String name) {
        return label(name, Tone.DIM);
    }

    static Line label(String name, Tone tone) {
        return Line.of(INDENT).add((name + " ".repeat(LABEL)).substring(0, LABEL), tone);
    }
}
