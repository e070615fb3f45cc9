package dev.stepwell.app.logging;

import dev.stepwell.app.text.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// `2026-01-31T09:30:00.123Z WARN  [main] message`, then the stack trace, if there is one, on lines of its own.
///
/// A message is always one line: what a data file or its name put into it cannot forge another. Formats on the thread
/// that logs, whose name it prints.
final class OneLineFormatter extends Formatter {
    @Override
    public String format(LogRecord entry) {
        String head = "%-24s %-5s [%s] %s\n"
                .formatted(
                        entry.getInstant().truncatedTo(ChronoUnit.MILLIS),
                        word(entry.getLevel()),
                        Thread.currentThread().getName(),
                        Printable.line(formatMessage(entry)));
        Throwable thrown = entry.getThrown();
        return thrown == null ? head : head + trace(thrown);
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
