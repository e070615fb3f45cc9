package dev.stepwell.app.logging;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.BrokenRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// The process's logging, set up in code: everything from INFO to `logs/stepwell.log`, which is rotated and so bounded
/// to about 25 MiB with its predecessors; warnings and errors also as lines to the terminal.
///
/// Libraries that talk much are held to warnings. There is one of it in a process, from start to close.
public final class Logging implements AutoCloseable {
    private static final long MAX_BYTES = 5L << 20;
    private static final int KEPT = 4;
    private static final List<String> TALKATIVE =
            List.of("ai.djl", "io.helidon", "org.bytedeco", "org.jdbi", "org.jline", "org.sqlite");

    private final RotatingFileHandler file;
    private final ConsoleLines console;
    /// Held, because the log manager does not: a logger that is collected forgets its level.
    private final List<Logger> quieted;

    private Logging(RotatingFileHandler file, ConsoleLines console) {
        this.file = file;
        this.console = console;
        this.quieted = TALKATIVE.stream().map(Logger::getLogger).collect(Collectors.toCollection(ArrayList::new));
        quieted.forEach(logger -> logger.setLevel(Level.WARNING));
        quieted.add(BrokenRequests.quieted());
    }

    /// Takes away the JDK's default, which prints to standard error in two lines. Until [#start] nothing is logged.
    public static void silence() {
        LogManager.getLogManager().reset();
    }

    /// Sends the process's log to `base` and to `console`, in place of wherever it went before.
    ///
    /// @param console gets a line for each warning and error, on the thread that logs it; must be quick
    /// @throws IOException if the log file cannot be opened
    public static Logging start(BaseDirectory base, Consumer<String> console) throws IOException {
        Files.createDirectories(base.logs());
        RotatingFileHandler file = new RotatingFileHandler(base.logs(), "stepwell.log", MAX_BYTES, KEPT);
        silence();
        Logging logging = new Logging(file, new ConsoleLines(console));
        Logger root = root();
        root.setLevel(Level.INFO);
        root.addHandler(logging.file);
        root.addHandler(logging.console);
        return logging;
    }

    /// From now on hands the lines to `console`: to a live display, say, that prints them above itself.
    public void redirect(Consumer<String> console) {
        this.console.to(console);
    }

    @Override
    public void close() {
        for (Handler handler : List.<Handler>of(console, file)) {
            root().removeHandler(handler);
            handler.close();
        }
    }

    private static Logger root() {
        return Logger.getLogger("");
    }
}
