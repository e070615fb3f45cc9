package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.Liveness.Verdict;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import dev.stepwell.core.status.StatusReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The displays of `stepwell status`: lines without escape codes, to be printed once. While a file trains they are
/// the original's to the letter, with more below; otherwise the truth stands above or in place of them.
public final class TerminalDisplay {
    /// Cells of a bar, as in the original.
    static final int BAR = 40;

    /// Which of the original's two displays.
    public enum Format {
        BARS,
        SIMPLE
    }

    private TerminalDisplay() {}

    /// What `reading` amounts to at `now`.
    public static List<String> lines(StatusReading reading, Instant now, Format format) {
        return switch (reading) {
            case StatusReading.Present present ->
                lines(present.document(), Liveness.of(present.document(), now), now, format);
            case StatusReading.Missing ignored -> List.of("Never started: there is no status file");
            case StatusReading.Unreadable unreadable ->
                List.of("Unknown: the status file cannot be read: " + Cells.neutral(unreadable.reason()));
            case StatusReading.Foreign foreign ->
                List.of("Unknown: the status file is none of Stepwell's: " + Cells.neutral(foreign.reason()));
            case StatusReading.UnsupportedVersion other ->
                List.of("Unknown: the status file has schema version %d, but only %d is understood here"
                        .formatted(other.found(), other.supported()));
        };
    }

    /// `document`, of which `liveness` was judged, at `now`.
    public static List<String> lines(StatusDocument document, Liveness liveness, Instant now, Format format) {
        return switch (format) {
            case BARS -> bars(document, liveness, now);
            case SIMPLE -> simple(document, liveness);
        };
    }

    private static List<String> simple(StatusDocument document, Liveness liveness) {
        List<String> lines = new ArrayList<>();
        Share file = Share.ofFile(document);
        Share queue = Share.ofQueue(document);
        if (file != null && queue != null) {
            lines.add("File: " + file + " | Queue: " + queue);
        } else if (file != null) {
            lines.add("File: " + file);
        }
        lines.add(StateLine.of(document, liveness));
        return lines;
    }

    private static List<String> bars(StatusDocument document, Liveness liveness, Instant now) {
        List<String> lines = new ArrayList<>();
        boolean training = liveness.verdict() == Verdict.TRAINING;
        if (!training) {
            lines.add(StateLine.of(document, liveness));
        }
        String name = document.file().currentFile();
        Share file = Share.ofFile(document);
        if (name != null && file != null) {
            separate(lines);
            lines.add((training ? "Current File: " : "File: ") + Cells.neutral(name));
            lines.add(bar(file));
            lines.add("Step " + file.done() + "/" + file.total());
        }
        Share queue = Share.ofQueue(document);
        if (queue != null) {
            separate(lines);
            lines.add("Overall Queue: Batch " + queue.done() + " of " + queue.total());
            lines.add(bar(queue));
        }
        List<String> below = below(document, training, now);
        if (!below.isEmpty()) {
            separate(lines);
            lines.addAll(below);
        }
        return lines;
    }

    private static List<String> below(StatusDocument document, boolean training, Instant now) {
        List<String> lines = new ArrayList<>();
        Share life = Share.ofLife(document);
        if (life != null) {
            lines.add("Cumulative: " + life);
        }
        if (training) {
            String phase = document.derived().phase();
            lines.add("State: " + (phase == null ? "training" : Cells.neutral(phase)) + timeLeft(document, now));
        }
        List<String> measurements = Words.measurements(document);
        if (!measurements.isEmpty()) {
            lines.add(capitalized(String.join(", ", measurements)));
        }
        // A crash has said its error above.
        if (document.state() != null
                && document.state().alive()
                && !StateLine.error(document).isEmpty()) {
            lines.add("Last error: " + StateLine.error(document).substring(2));
        }
        if (document.state() != null && document.state().alive()) {
            StateLine.alerts(document).forEach(alert -> lines.add("Alert: " + alert));
        }
        return lines;
    }

    private static String timeLeft(StatusDocument document, Instant now) {
        return left(", file done in ", document.derived().etaFile(), document, now)
                + left(", queue in ", document.derived().etaQueue(), document, now);
    }

    private static String left(String what, @Nullable TimeLeft eta, StatusDocument document, Instant now) {
        return eta == null ? "" : what + Words.timeLeft(eta, document.timestamp(), now, Style.PLAIN);
    }

    private static String bar(Share share) {
        return share.bar(BAR, Style.PLAIN) + " " + share.percent() + "%";
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static void separate(List<String> lines) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
    }
}
