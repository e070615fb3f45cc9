package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One picture of the full screen. A pure function: what is shown depends on nothing but the arguments.
final class WatchFrame {
    private static final String INDENT = " ";
    private static final int LONGEST_BAR = 100;
    /// Cells in which something is still to be seen of where a daemon is.
    private static final int SHORTEST_PLACE = 24;
    /// Lines of an alert, or of an answer, where there is room.
    private static final int MESSAGE = 3;
    /// Rows of a screen in which what is no news may take more than one.
    private static final int ROOMY = 16;

    private final Sight sight;
    private final Instant now;
    private final boolean live;
    private final boolean moves;
    private final int width;
    private final int height;
    private final Style style;
    private final ScreenRows rows = new ScreenRows();
    private int numbersWidth;

    private WatchFrame(Sight sight, Instant now, int width, int height, Style style) {
        this.sight = sight;
        this.now = now;
        this.live = sight.live(now);
        this.moves = live && sight.liveness(now).verdict() == Liveness.Verdict.TRAINING;
        this.width = width;
        this.height = height;
        this.style = style;
    }

    /// Exactly `height` lines of at most `width` cells each, painted as `style` allows.
    ///
    /// @param place where the daemon is
    /// @param note  what was answered or is asked, above the keys; may be empty
    static List<String> render(
            Sight sight, String place, String note, Instant now, int width, int height, Style style) {
        WatchFrame frame = new WatchFrame(sight, now, width, height, style);
        frame.head(place);
        if (sight.reading() instanceof StatusReading.Present(StatusDocument document)) {
            frame.body(document);
        }
        return frame.rows.render(frame.foot(note), width, height, style);
    }

    private void head(String place) {
        Line line = Line.of(INDENT);
        switch (sight.contact()) {
            case Contact.Lost lost when !sight.saidItsEnd() -> line.add(lost(lost), Tone.BAD);
            case Contact.Sought _ -> line.add("Connecting", Tone.BOLD);
            case Contact.Lost _, Contact.Kept _ -> state(line);
        }
        int room = width - line.width() - 2;
        String name = Cells.neutral(place);
        if (room >= Math.min(SHORTEST_PLACE, Cells.width(name))) {
            String where = Cells.fitMiddle(name, Math.min(room, Math.max(SHORTEST_PLACE, width / 2)), style.ellipsis());
            line.add(" ".repeat(room + 1 - Cells.width(where))).add(where, Tone.DIM);
        }
        rows.add(Rank.STATE, line);
    }

    private void state(Line line) {
        if (sight.reading() instanceof StatusReading.Present(StatusDocument document)) {
            Liveness liveness = sight.liveness(now);
            line.add(StateLine.brief(document, liveness), StateLine.tone(liveness));
        } else {
            line.add(
                    TerminalDisplay.lines(sight.reading(), now, TerminalDisplay.Format.SIMPLE)
                            .getFirst(),
                    Tone.WARNING);
        }
    }

    private String lost(Contact.Lost lost) {
        Instant since = lost.since();
        String what = since == null
                ? "No connection"
                : "Connection lost " + Words.duration(Duration.between(since, now)) + " ago";
        return what + ": " + Cells.neutral(lost.why()) + "; trying again";
    }

    private void body(StatusDocument document) {
        troubles(document);
        rows.gap();
        numbersWidth = Stream.of(fileNumbers(document), queueNumbers(document), lifeNumbers(document))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        file(document);
        queue(document);
        life(document);
        new LossRows(document, moves, width, style).addTo(rows, height);
        MachineFigures machine = document.derived().machine();
        if (machine != null && live) {
            new MachineRows(machine, width, style).addTo(rows);
        }
        new PreviewRows(document, width, style).addTo(rows, height);
    }

    private void troubles(StatusDocument document) {
        String error = StateLine.error(document);
        if (!error.isEmpty()) {
            trouble("Error", error.substring(2));
        }
        StateLine.alerts(document).forEach(alert -> trouble("Alert", alert));
    }

    private void trouble(String name, String message) {
        int most = Math.clamp(height / 5, 1, MESSAGE);
        rows.add(
                Rank.ALERT,
                IntStream.iterate(most, lines -> lines > 0, lines -> lines - 1)
                        .mapToObj(lines -> trouble(name, message, lines))
                        .toList());
    }

    private List<Line> trouble(String name, String message, int most) {
        List<Line> lines = new ArrayList<>();
        for (String part : Cells.wrap(message, width - Line.LABELLED, most, style.ellipsis())) {
            lines.add(Line.label(lines.isEmpty() ? name : "", Tone.BAD).add(part));
        }
        return lines;
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
        String shown = Cells.fitMiddle(Cells.neutral(name), width - Line.LABELLED, style.ellipsis());
        rows.add(Rank.FILE_NAME, Line.label("File").add(shown, Tone.BOLD));
        rows.add(Rank.FILE_BAR, bar("", share, fileNumbers(document)));
        addTimeLeft(Rank.FILE_TIME, "", document.derived().etaFile(), document);
        rows.gap();
    }

    private void queue(StatusDocument document) {
        Share share = Share.ofQueue(document);
        Integer waiting = document.derived().waitingFiles();
        if (share != null) {
            rows.add(Rank.QUEUE_BAR, bar("Queue", share, queueNumbers(document)));
        }
        addTimeLeft(
                Rank.QUEUE_TIME,
                waiting == null ? "" : Words.waiting(waiting),
                document.derived().etaQueue(),
                document);
        if (!sight.next().isEmpty()) {
            String names =
                    String.join(", ", sight.next().stream().map(Cells::neutral).toList());
            rows.add(Rank.NEXT, Line.label("Next").add(names));
        }
        if (share != null || waiting != null) {
            rows.gap();
        }
    }

    private void life(StatusDocument document) {
        Share share = Share.ofLife(document);
        if (share != null) {
            rows.add(Rank.TOTAL_BAR, bar("Total", share, lifeNumbers(document)));
            rows.gap();
        }
    }

    /// What stands at the bottom: what was said, and the keys.
    private List<Line> foot(String note) {
        String locked = sight.locked();
        boolean readOnly = note.isEmpty() && locked != null;
        String text = readOnly ? "Read only: " + locked : note;
        int most = readOnly && height < ROOMY ? 1 : Math.clamp(height / 4, 1, MESSAGE);
        List<Line> lines = new ArrayList<>();
        for (String part : Cells.wrap(Cells.neutral(text), width - INDENT.length(), most, style.ellipsis())) {
            lines.add(Line.of(INDENT).add(part, readOnly ? Tone.DIM : Tone.WARNING));
        }
        lines.add(WatchKeys.line(WatchKeys.offered(sight, now), width - INDENT.length()));
        return lines;
    }

    private Line bar(String name, Share share, String numbers) {
        int beside = Line.LABELLED + " 100%  ".length() + numbersWidth;
        int cells = Math.clamp((long) width - beside, 5, LONGEST_BAR);
        int filled = share.filled(cells);
        return Line.label(name)
                // What moves is coloured.
                .add(style.filled().repeat(filled), moves ? Tone.ACCENT : Tone.PLAIN)
                .add(style.empty().repeat(cells - filled), Tone.DIM)
                .add(" %3d%%".formatted(share.percent()), Tone.BOLD)
                .add("  " + numbers);
    }

    private void addTimeLeft(Rank rank, String what, @Nullable TimeLeft eta, StatusDocument document) {
        Line line = Line.label("").add(what);
        boolean known = eta != null && eta.highSeconds() > 0 && live;
        if (eta != null && known) {
            line.add(what.isEmpty() ? "" : style.separator(), Tone.DIM);
            Instant then = sight.daemonTime(now);
            String range = "done in " + Words.timeLeft(eta, document.timestamp(), then, style);
            boolean fits = line.width() + Cells.width(range) <= width;
            line.add(fits ? range : "done in " + Words.timeLeft(eta, document.timestamp(), then));
        }
        if (known || !what.isEmpty()) {
            rows.add(rank, line);
        }
    }
}
