package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// What `watch` shows: a full screen in a real terminal, lines anywhere else.
public final class WatchDisplay {
    private WatchDisplay() {}

    /// Shows `watched` on the terminal of this process, until the user quits; elsewhere until the daemon has ended
    /// or nobody reads any more.
    ///
    /// @param ascii   whether the terminal shows nothing but ASCII
    /// @param noColor the value of the variable of that name: any text but the empty one forbids colour
    /// @param out     where lines go, if it is no terminal
    /// @return what the daemon came to; empty if the user had seen enough
    /// @throws IOException      if the terminal cannot be opened
    /// @throws RuntimeException if there will never be anything to be seen
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
                return Optional.of(new WatchLines(watched, clock, new Style(false, unicode), out).print());
            }
            new WatchScreen(watched, clock, terminal, new Style(noColor == null || noColor.isEmpty(), unicode)).run();
            return Optional.empty();
        }
    }
}
