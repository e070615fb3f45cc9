package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// What `watch` shows: a full screen in a real terminal, lines anywhere else.
public final class WatchDisplay {
    private static final Duration LOOK = Duration.ofMillis(400);

    private WatchDisplay() {}

    /// Shows `watched` on the terminal of this process, until the user quits; elsewhere until the daemon has ended
    /// or nobody reads any more.
    ///
    /// @param ascii   whether the terminal shows nothing but ASCII
    /// @param noColor the value of the variable of that name: any text but the empty one forbids colour
    /// @param out     where lines go, if it is no terminal
    /// @return what the daemon came to; empty if the user had seen enough
    /// @throws IOException if the terminal cannot be opened
    public static Optional<Liveness> show(
            Watched watched, InstantSource clock, boolean ascii, @Nullable String noColor, PrintWriter out)
            throws IOException, InterruptedException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .dumb(true)
                .nativeSignals(false)
                .build()) {
            boolean unicode = !ascii && StandardCharsets.UTF_8.equals(terminal.outputEncoding());
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                return Optional.of(print(watched, clock, new Style(false, unicode), out));
            }
            new WatchScreen(watched, clock, terminal, new Style(noColor == null || noColor.isEmpty(), unicode)).run();
            return Optional.empty();
        }
    }

    static Liveness print(Watched watched, InstantSource clock, Style style, PrintWriter out)
            throws InterruptedException {
        PlainLog log = new PlainLog(style);
        String last = "";
        while (true) {
            Sight sight = watched.look();
            Instant now = clock.instant();
            Liveness liveness = Liveness.of(sight.reading(), now);
            String line = line(sight, liveness, log, now);
            if (line != null && !line.equals(last)) {
                out.println(line);
                last = line;
            }
            if (out.checkError() || (sight.lost() == null && ended(liveness))) {
                return liveness;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    private static @Nullable String line(Sight sight, Liveness liveness, PlainLog log, Instant now) {
        if (sight.lost() != null) {
            return "Connection lost: " + Cells.neutral(sight.lost());
        }
        return sight.reading() instanceof StatusReading.Present present
                ? log.next(present.document(), liveness, now)
                : TerminalDisplay.lines(sight.reading(), now, TerminalDisplay.Format.SIMPLE)
                        .getFirst();
    }

    private static boolean ended(Liveness liveness) {
        return switch (liveness.verdict()) {
            case STARTING, TRAINING, IDLE, PAUSED -> false;
            case COMPLETED, STOPPED, CRASHED, GONE, NEVER_STARTED, UNKNOWN -> true;
        };
    }
}
