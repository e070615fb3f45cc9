package dev.stepwell.app.logging;

import dev.stepwell.app.text.Printable;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// Hands warnings and errors, one line each and without stack traces, to whoever owns the terminal at the moment.
final class ConsoleLines extends Handler {
    private volatile Consumer<String> lines;

    ConsoleLines(Consumer<String> lines) {
        this.lines = lines;
        setLevel(Level.WARNING);
        setFormatter(new OneLineFormatter());
    }

    void to(Consumer<String> newLines) {
        lines = newLines;
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            String word = entry.getLevel().intValue() >= Level.SEVERE.intValue() ? "error: " : "warning: ";
            lines.accept(word + Printable.line(getFormatter().formatMessage(entry)));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
