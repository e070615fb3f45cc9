package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The display where nothing can be redrawn, as in a pipe: one line when something turned, one for each alert that
/// opens, and one every few seconds while steps are made. No escape codes.
final class PlainLog {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /// What makes a line due at once when it changes.
    private record Turn(
            Liveness.Verdict verdict,
            @Nullable String file,
            @Nullable String error) {}

    private final Style style;
    private @Nullable Turn lastTurn;
    private @Nullable Long lastStep;
    private Map<String, String> lastAlerts = Map.of();
    private Instant lastAt = Instant.MIN;

    PlainLog(Style style) {
        this.style = style;
    }

    /// The lines that are due.
    List<String> next(StatusDocument document, Liveness liveness, Instant now) {
        List<String> lines = new ArrayList<>();
        if (document.state() != null && document.state().alive()) {
            alerts(document, lines);
        }
        var turn = new Turn(
                liveness.verdict(),
                document.file().currentFile(),
                document.error().errorMessage());
        Long step = document.cumulative().currentStep();
        boolean turned = !turn.equals(lastTurn);
        boolean due = !Objects.equals(step, lastStep) && !now.isBefore(lastAt.plus(INTERVAL));
        if (turned || due) {
            lastTurn = turn;
            lastStep = step;
            lastAt = now;
            lines.add(StatusLine.of(document, liveness, now, style));
        }
        return lines;
    }

    private void alerts(StatusDocument document, List<String> lines) {
        Map<String, String> alerts = new LinkedHashMap<>();
        for (Alert alert : StateLine.standing(document)) {
            alerts.put(Cells.neutral(alert.type()), StateLine.words(alert));
        }
        alerts.forEach((type, words) -> {
            if (!words.equals(lastAlerts.get(type))) {
                lines.add("Alert: " + words);
            }
        });
        lastAlerts.keySet().stream()
                .filter(type -> !alerts.containsKey(type))
                .forEach(type -> lines.add("Over: alert " + type));
        lastAlerts = alerts;
    }
}
