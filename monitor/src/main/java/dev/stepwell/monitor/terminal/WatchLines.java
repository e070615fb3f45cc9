package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusReading;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `watch` shows where it cannot draw: a line with its time for each change, and now and then one while steps are
/// made.
final class WatchLines {
    /// A daemon that gives no sign of life may be short of processors, or on a machine that slept.
    private static final Duration GONE_FOR_GOOD = Duration.ofSeconds(30);

    private final Watched watched;
    private final InstantSource clock;
    private final Style style;
    private final PrintWriter out;
    private PlainLog log;
    private @Nullable String last;

    WatchLines(Watched watched, InstantSource clock, Style style, PrintWriter out) {
        this.watched = watched;
        this.clock = clock;
        this.style = style;
        this.out = out;
        log = new PlainLog(style);
    }

    /// Prints until the daemon has ended or nobody reads any more, and returns what it came to.
    Liveness print() throws InterruptedException {
        while (true) {
            Sight sight = watched.next();
            Instant now = clock.instant();
            Liveness liveness = sight.liveness(now);
            for (String line : lines(sight, liveness, sight.daemonTime(now))) {
                if (!line.equals(last)) {
                    out.println(now.truncatedTo(ChronoUnit.SECONDS) + " " + style.shown(line));
                    last = line;
                }
            }
            if (out.checkError() || (sight.contact() instanceof Contact.Kept && ended(liveness))) {
                return liveness;
            }
        }
    }

    private List<String> lines(Sight sight, Liveness liveness, Instant now) {
        return switch (sight.contact()) {
            case Contact.Sought _ -> List.of();
            case Contact.Lost lost -> {
                log = new PlainLog(style); // When it is back, that is a change.
                yield List.of(
                        (lost.since() == null ? "No connection: " : "Connection lost: ") + Cells.neutral(lost.why()));
            }
            case Contact.Kept _ ->
                sight.reading() instanceof StatusReading.Present present
                        ? log.next(present.document(), liveness, now)
                        : TerminalDisplay.lines(sight.reading(), now, TerminalDisplay.Format.SIMPLE)
                                .subList(0, 1);
        };
    }

    private static boolean ended(Liveness liveness) {
        return switch (liveness.verdict()) {
            case STARTING, TRAINING, IDLE, PAUSED -> false;
            case GONE -> liveness.silence() == null || liveness.silence().compareTo(GONE_FOR_GOOD) > 0;
            case COMPLETED, STOPPED, CRASHED, NEVER_STARTED, UNKNOWN -> true;
        };
    }
}
