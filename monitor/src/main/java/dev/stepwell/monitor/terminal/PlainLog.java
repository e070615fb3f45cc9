package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The display where nothing can be redrawn, as in a pipe: one line when something turned, and one every few seconds
/// while steps are made. No escape codes.
final class PlainLog {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /// What makes a line due at once when it changes.
    private record Turn(
            Liveness.Verdict verdict,
            @Nullable String file,
            @Nullable String error,
            List<String> alerts) {}

    private final Style style;
    private @Nullable Turn lastTurn;
    private @Nullable Long lastStep;
    private Instant lastAt = Instant.MIN;

    PlainLog(Style style) {
        this.style = style;
    }

    /// The line that is due, or null.
    @Nullable
    String next(StatusDocument document, Liveness liveness, Instant now) {
        var turn = new Turn(
                liveness.verdict(),
                document.file().currentFile(),
                document.error().errorMessage(),
                StateLine.alerts(document));
        Long step = document.cumulative().currentStep();
        boolean turned = !turn.equals(lastTurn);
        boolean due = !Objects.equals(step, lastStep) && !now.isBefore(lastAt.plus(INTERVAL));
        if (!turned && !due) {
            return null;
        }
        lastTurn = turn;
        lastStep = step;
        lastAt = now;
        return StatusLine.of(document, liveness, now, style);
    }
}
