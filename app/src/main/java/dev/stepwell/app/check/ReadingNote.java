package dev.stepwell.app.check;

import dev.stepwell.app.text.Printable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A line on a terminal that says that a file is being read, where that takes longer than a moment.
final class ReadingNote implements AutoCloseable {
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long EVERY_NANOS = Duration.ofMillis(500).toNanos();
    private static final String BACK_AND_CLEAR = "\r\u001B[K";

    private final String name;
    private final Optional<PrintWriter> terminal;
    private final long began = System.nanoTime();
    private long last = began + FIRST_NANOS - EVERY_NANOS;
    private boolean shown;

    /// @param terminal where it is written; empty for nowhere
    ReadingNote(Path file, Optional<PrintWriter> terminal) {
        this.name = Printable.brief(String.valueOf(file.getFileName()));
        this.terminal = terminal;
    }

    /// Some more of the file has been read.
    void moved() {
        long now = System.nanoTime();
        if (now - last < EVERY_NANOS) {
            return;
        }
        last = now;
        terminal.ifPresent(out -> {
            out.print("%sreading %s … %d s".formatted(BACK_AND_CLEAR, name, (now - began) / 1_000_000_000));
            out.flush();
            shown = true;
        });
    }

    @Override
    public void close() {
        if (shown) {
            terminal.ifPresent(out -> {
                out.print(BACK_AND_CLEAR);
                out.flush();
            });
        }
    }
}
