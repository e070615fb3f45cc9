package dev.stepwell.monitor.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.WCWidth;

/// Text measured in terminal cells, where a CJK character or an emoji takes two and a combining mark none.
public final class Cells {
    private static final int REPLACEMENT = 0xFFFD;

    private Cells() {}

    /// How many there are in a line of the terminal on standard output; empty if it is none.
    ///
    /// @throws IOException if the terminal cannot be opened
    public static OptionalInt ofStandardOutput() throws IOException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                .dumb(true)
                .nativeSignals(false)
                .build()) {
            int columns = terminal.getType().startsWith(Terminal.TYPE_DUMB)
                    ? 0
                    : terminal.getSize().getColumns();
            return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        }
    }

    /// `text` on one line and without power over the terminal or the order of the line: white space becomes a blank,
    /// controls, escapes, direction marks and what has no glyph become U+FFFD.
    public static String neutral(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().map(Cells::neutral).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    private static int neutral(int codePoint) {
        if (Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)) {
            return ' ';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> REPLACEMENT;
            default -> codePoint;
        };
    }

    /// `text` with a question mark in each cell that has something else than ASCII in it.
    static String ascii(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().forEach(c -> ascii.append(c < 128 ? String.valueOf((char) c) : "?".repeat(width(c))));
        return ascii.toString();
    }

    /// `text` on at most `lines` lines of at most `cells`, broken at blanks where there are any, with `ellipsis` at
    /// the end if something is missing.
    static List<String> wrap(String text, int cells, int lines, String ellipsis) {
        List<String> wrapped = new ArrayList<>();
        String left = text;
        while (wrapped.size() < lines - 1 && cells > 0 && width(left) > cells) {
            String line = head(left, cells);
            if (line.isEmpty()) {
                break; // A wide character in a single cell.
            }
            int blank = left.startsWith(" ", line.length()) ? line.length() : line.lastIndexOf(' ');
            String kept = blank > 0 ? left.substring(0, blank) : line;
            wrapped.add(kept);
            left = left.substring(kept.length()).stripLeading();
        }
        wrapped.add(fit(left, cells, ellipsis));
        return wrapped;
    }

    /// Cells that `text` takes.
    public static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /// The beginning of `text` in at most `cells`, with `ellipsis` at its end if something is missing.
    public static String fit(String text, int cells, String ellipsis) {
        if (width(text) <= cells) {
            return text;
        }
        int room = cells - width(ellipsis);
        return room < 0 ? head(ellipsis, cells) : head(text, room) + ellipsis;
    }

    /// `text` in at most `cells`, with `ellipsis` in its middle: a file's number and ending stay readable.
    public static String fitMiddle(String text, int cells, String ellipsis) {
        if (width(text) <= cells) {
            return text;
        }
        int room = cells - width(ellipsis);
        if (room < 2) {
            return fit(text, cells, ellipsis);
        }
        return head(text, room - room / 2) + ellipsis + tail(text, room / 2);
    }

    private static String head(String text, int cells) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            used += width(codePoint);
            if (used > cells) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return text.substring(0, end);
    }

    private static String tail(String text, int cells) {
        int used = 0;
        int start = text.length();
        while (start > 0) {
            int codePoint = text.codePointBefore(start);
            used += width(codePoint);
            if (used > cells) {
                break;
            }
            start -= Character.charCount(codePoint);
        }
        return text.substring(start);
    }
}
