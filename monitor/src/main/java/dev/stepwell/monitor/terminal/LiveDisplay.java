package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The display of `demo` and `run`: redrawn in place five times a second in a real terminal, a line now and then
/// anywhere else.
///
/// All writing is done by one thread, `display`, so that log lines and pictures cannot mix; a slow terminal holds up
/// nobody else. Ctrl-C is left to the process: no signal but a change of size is handled here.
public final class LiveDisplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveDisplay.class);
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final int SMALLEST_WIDTH = 20;

    private final Supplier<StatusDocument> source;
    private final InstantSource clock;
    private final Terminal terminal;
    private final Style style;
    private final boolean redraws;
    private final LiveArea area = new LiveArea();
    private final PlainLog log;
    private final Queue<String> above = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Thread restoreCursor;
    private final @Nullable Object formerResizeHandler;
    private volatile int columns;
    private volatile int rows;
    private volatile boolean resized;
    private volatile boolean closing;

    /// Shows what `source` gives on the terminal of this process.
    ///
    /// @param source called from the display's thread, must return at once
    /// @throws IOException if the terminal cannot be opened
    public static LiveDisplay open(Supplier<StatusDocument> source, InstantSource clock) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                // Not standard error in place of a standard output that goes into a pipe.
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .dumb(true)
                // Otherwise JLine would put the system's own handling of Ctrl-C in place of the JVM's.
                .nativeSignals(false)
                .build();
        return new LiveDisplay(source, clock, terminal, System.getenv("NO_COLOR"));
    }

    /// @param noColor the value of the variable of that name: any text but the empty one forbids colour
    LiveDisplay(Supplier<StatusDocument> source, InstantSource clock, Terminal terminal, @Nullable String noColor) {
        this.source = source;
        this.clock = clock;
        this.terminal = terminal;
        redraws = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        boolean unicode = StandardCharsets.UTF_8.equals(terminal.outputEncoding());
        style = new Style(redraws && (noColor == null || noColor.isEmpty()), unicode);
        log = new PlainLog(style);
        measure();
        restoreCursor = new Thread(this::restoreCursor, "restore-cursor");
        thread = Thread.ofPlatform().daemon().name("display").unstarted(this::run);
        formerResizeHandler = redraws ? Signals.register("WINCH", this::resize) : null;
        if (redraws) {
            Runtime.getRuntime().addShutdownHook(restoreCursor);
        }
        thread.start();
    }

    /// Whether pictures are drawn, not lines printed.
    public boolean redraws() {
        return redraws;
    }

    /// Prints `text` above the picture, at the latest when this is closed. From any thread; returns at once.
    public void printAbove(String text) {
        above.add(text);
        LockSupport.unpark(thread);
    }

    /// Draws the last state, leaves it on the screen with the cursor below, and gives the terminal back. Whoever gives
    /// the states should have seen the last one by now: close the publisher first.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_PATIENCE);
            terminal.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal cannot be given back", e);
        }
    }

    private void run() {
        try {
            if (redraws) {
                write(LiveArea.HIDE_CURSOR);
            }
            while (!closing) {
                show();
                LockSupport.parkNanos(this, REDRAW.toNanos());
            }
            show();
        } finally {
            if (redraws) {
                write(area.leave() + LiveArea.SHOW_CURSOR);
                Signals.unregister("WINCH", formerResizeHandler);
                forgetHook();
            }
        }
    }

    private void show() {
        if (resized) {
            resized = false;
            measure();
        }
        StatusDocument document = source.get();
        Instant now = clock.instant();
        Liveness liveness = Liveness.of(document, now);
        if (redraws) {
            draw(document, liveness, now);
        } else {
            print(document, liveness, now);
        }
    }

    private void draw(StatusDocument document, Liveness liveness, Instant now) {
        StringBuilder codes = new StringBuilder();
        for (String text = above.poll(); text != null; text = above.poll()) {
            codes.append(area.printAbove(text, columns));
        }
        // The last column stays free: a character there would break the line on some terminals.
        List<String> picture = top(LiveFrame.render(document, liveness, now, columns - 1, style));
        List<String> plain =
                top(LiveFrame.render(document, liveness, now, columns - 1, new Style(false, style.unicode())));
        write(codes + area.redraw(picture, plain, columns));
    }

    /// As many lines as the terminal has: what has scrolled away cannot be drawn over.
    private List<String> top(List<String> picture) {
        return picture.subList(0, Math.min(picture.size(), rows - 1));
    }

    private void print(StatusDocument document, Liveness liveness, Instant now) {
        for (String text = above.poll(); text != null; text = above.poll()) {
            write(text + "\n");
        }
        log.next(document, liveness, now).forEach(line -> write(line + "\n"));
    }

    private void resize() {
        resized = true;
        LockSupport.unpark(thread);
    }

    private void measure() {
        var size = terminal.getSize();
        columns = size.getColumns() > 0 ? Math.max(SMALLEST_WIDTH, size.getColumns()) : 80;
        rows = size.getRows() > 1 ? size.getRows() : 24;
    }

    private void write(String text) {
        terminal.writer().write(text);
        terminal.writer().flush();
    }

    /// For a process that ends without closing this.
    private void restoreCursor() {
        if (!closing) {
            write("\r\n" + LiveArea.SHOW_CURSOR);
        }
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(restoreCursor);
        } catch (IllegalStateException e) {
            // The JVM is going down already; the hook sees that this is closing and does nothing.
            LOG.debug("The display closes while the process ends", e);
        }
    }
}
