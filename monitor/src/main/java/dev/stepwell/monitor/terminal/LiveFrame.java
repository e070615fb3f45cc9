package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One picture of the live display. A pure function: what is shown depends on nothing but the arguments.
final class LiveFrame {
    private static final String INDENT = "  ";

    private final StatusDocument document;
    private final Liveness liveness;
    private final Instant now;
    private final int width;
    private final Style style;
    private final List<Line> lines = new ArrayList<>();

    private LiveFrame(StatusDocument document, Liveness liveness, Instant now, int width, Style style) {
        this.document = document;
        this.liveness = liveness;
        this.now = now;
        this.width = width;
        this.style = style;
    }

    /// Lines of at most `width` cells each, painted as `style` allows.
    static List<String> render(StatusDocument document, Liveness liveness, Instant now, int width, Style style) {
        LiveFrame frame = new LiveFrame(document, liveness, now, width, style);
        frame.state();
        frame.file();
        frame.queue();
        frame.measurements();
        frame.preview();
        frame.troubles();
        return frame.lines.stream().map(line -> line.render(width, style)).toList();
    }

    private void state() {
        lines.add(Line.empty());
        Line line = Line.of(INDENT).add(StateLine.brief(document, liveness), StateLine.tone(liveness));
        Share life = Share.ofLife(document);
        if (life != null) {
            String steps = "step %d of %d (%d%%)".formatted(life.done(), life.total(), life.percent());
            line.add(style.separator(), Tone.DIM);
            line.add(line.width() + Cells.width("global " + steps) <= width ? "global " + steps : steps);
        }
        lines.add(line);
    }

    private void file() {
        String name = document.file().currentFile();
        Share share = Share.ofFile(document);
        if (name == null || share == null) {
            return;
        }
        String label = INDENT + "Current File: ";
        lines.add(Line.empty());
        lines.add(Line.of(label)
                .add(Cells.fitMiddle(Cells.neutral(name), width - label.length(), style.ellipsis()), Tone.BOLD));
        lines.add(bar(share));
        lines.add(withTimeLeft(
                "Step " + share.done() + "/" + share.total(), document.derived().etaFile()));
    }

    private void queue() {
        Share share = Share.ofQueue(document);
        if (share == null) {
            return;
        }
        lines.add(Line.empty());
        lines.add(Line.of(INDENT + "Overall Queue: Batch " + share.done() + " of " + share.total()));
        lines.add(bar(share));
        Integer waiting = document.derived().waitingFiles();
        lines.add(withTimeLeft(
                waiting == null ? "" : Words.waiting(waiting),
                document.derived().etaQueue()));
    }

    private Line bar(Share share) {
        int cells = Math.max(5, Math.min(TerminalDisplay.BAR, width - INDENT.length() - " 100%".length()));
        int filled = share.filled(cells);
        return Line.of(INDENT)
                .add(style.filled().repeat(filled), Tone.ACCENT)
                .add(style.empty().repeat(cells - filled), Tone.DIM)
                .add(" " + share.percent() + "%", Tone.BOLD);
    }

    private Line withTimeLeft(String what, @Nullable TimeLeft eta) {
        Line line = Line.of(INDENT).add(what);
        if (eta != null && eta.highSeconds() > 0) {
            line.add(what.isEmpty() ? "" : style.separator(), Tone.DIM);
            String range = "done in " + Words.timeLeft(eta, document.timestamp(), now, style);
            boolean fits = line.width() + Cells.width(range) <= width;
            line.add(fits ? range : "done in " + Words.timeLeft(eta, document.timestamp(), now));
        }
        return line;
    }

    /// As many on a line as fit.
    private void measurements() {
        List<String> left = Words.measurements(document);
        if (left.isEmpty()) {
            return;
        }
        lines.add(Line.empty());
        StringBuilder line = new StringBuilder(INDENT);
        for (String measurement : left) {
            boolean first = line.length() == INDENT.length();
            if (!first && Cells.width(line + style.separator() + measurement) > width) {
                lines.add(Line.of(line.toString()));
                line.setLength(INDENT.length());
                first = true;
            }
            line.append(first ? "" : style.separator()).append(measurement);
        }
        lines.add(Line.of(line.toString()));
    }

    private void preview() {
        String prompt = document.answers().currentPrompt();
        String golden = document.answers().goldenAnswer();
        String answer = document.answers().modelAnswer();
        Boolean matches = document.answers().answerMatches();
        if (prompt == null || golden == null || answer == null || matches == null) {
            return;
        }
        lines.add(Line.empty());
        lines.add(Line.of(INDENT).add("Prompt  ", Tone.DIM).add(oneLine(prompt)));
        lines.add(Line.of(INDENT).add("Golden  ", Tone.DIM).add(oneLine(golden)));
        lines.add(Line.of(INDENT)
                .add("Model ", Tone.DIM)
                .add(matches ? style.right() : style.wrong(), matches ? Tone.GOOD : Tone.BAD)
                .add(" ")
                .add(oneLine(answer)));
        Double accuracy = document.answers().accuracyPercent();
        Long total = document.answers().totalEvals();
        if (accuracy != null && total != null) {
            lines.add(Line.of(INDENT)
                    .add("Right   ", Tone.DIM)
                    .add("%d%% of %s answers".formatted((int) Math.floor(accuracy), Words.whole(total))));
        }
    }

    private void troubles() {
        String error = StateLine.error(document);
        boolean said = liveness.verdict() == Liveness.Verdict.CRASHED;
        if (!said && !error.isEmpty()) {
            lines.add(Line.empty());
            lines.add(Line.of(INDENT).add("Error   ", Tone.BAD).add(error.substring(2)));
        }
        for (String alert : StateLine.alerts(document)) {
            lines.add(Line.of(INDENT).add("Alert   ", Tone.BAD).add(alert));
        }
    }

    private String oneLine(String text) {
        // What does not fit is cut by the line; this only keeps the work small.
        String start = text.length() <= 4 * width ? text : text.substring(0, 4 * width);
        return Cells.neutral(start).strip().replaceAll(" {2,}", " ");
    }
}
