package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the status says, in one line without escape codes; of alerts, which stand.
public final class StatusLine {
    private StatusLine() {}

    /// What was true `now`, for whoever reads UTF-8.
    public static String of(StatusDocument document, Instant now) {
        return of(document, Liveness.of(document, now), now, Style.PLAIN);
    }

    static String of(StatusDocument document, Liveness liveness, Instant now, Style style) {
        List<String> parts = new ArrayList<>();
        parts.add(StateLine.of(document, liveness));
        Share file = Share.ofFile(document);
        Share queue = Share.ofQueue(document);
        if (file != null && queue != null) {
            parts.add("file " + file);
            parts.add("queue " + queue);
            parts.add("global step " + document.cumulative().currentStep());
        }
        if (liveness.verdict() == Liveness.Verdict.TRAINING) {
            parts.addAll(Words.measurements(document));
            addTimeLeft(parts, "file done in ", document.derived().etaFile(), document, now, style);
            addTimeLeft(parts, "queue done in ", document.derived().etaQueue(), document, now, style);
        }
        if (liveness.verdict() != Liveness.Verdict.CRASHED
                && !StateLine.error(document).isEmpty()) {
            parts.add("error " + StateLine.error(document).substring(2));
        }
        if (document.state() != null && document.state().alive()) {
            addAlerts(parts, StateLine.standing(document));
        }
        return String.join(", ", parts);
    }

    private static void addAlerts(List<String> parts, List<Alert> alerts) {
        if (!alerts.isEmpty()) {
            parts.add((alerts.size() == 1 ? "alert " : alerts.size() + " alerts: ")
                    + alerts.stream().map(Alert::type).map(Cells::neutral).collect(Collectors.joining(", ")));
        }
    }

    private static void addTimeLeft(
            List<String> parts,
            String what,
            @Nullable TimeLeft eta,
            StatusDocument document,
            Instant now,
            Style style) {
        if (eta != null) {
            parts.add(what + Words.timeLeft(eta, document.timestamp(), now, style));
        }
    }
}
