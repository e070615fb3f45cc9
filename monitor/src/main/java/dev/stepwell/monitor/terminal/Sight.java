package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a watcher sees at one moment.
///
/// @param reading the newest status; of a daemon that cannot be reached, the last one that came
/// @param ahead   how far the daemon's clock is ahead of the watcher's
/// @param next    names of the files that wait, in their order, as far as they are known
/// @param locked  why commands cannot be given, in a sentence; null if they can
public record Sight(
        StatusReading reading,
        Contact contact,
        Duration ahead,
        List<String> next,
        @Nullable String locked) {
    public Sight {
        next = List.copyOf(next);
    }

    /// By the daemon's clock.
    Instant daemonTime(Instant now) {
        return now.plus(ahead);
    }

    /// What the reading amounts to, if it is of now.
    Liveness liveness(Instant now) {
        return Liveness.of(reading, daemonTime(now));
    }

    /// Whether the daemon is there now, and does what the reading says.
    boolean live(Instant now) {
        return contact instanceof Contact.Kept
                && switch (liveness(now).verdict()) {
                    case STARTING, TRAINING, IDLE, PAUSED -> true;
                    case COMPLETED, STOPPED, CRASHED, GONE, NEVER_STARTED, UNKNOWN -> false;
                };
    }

    /// Whether the daemon has said that it ended: then nothing is wrong when it cannot be reached.
    boolean saidItsEnd() {
        return reading instanceof StatusReading.Present(StatusDocument document)
                && document.state() != null
                && !document.state().alive();
    }
}
