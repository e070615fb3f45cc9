package dev.stepwell.app.text;

import java.util.function.IntPredicate;

/// Text of unknown origin, made fit for one line of a terminal or a log: a file name or a model's answer may hold line
/// breaks, or escape sequences that would repaint the screen.
public final class Printable {
    private static final int SHORT = 60;

    private Printable() {}

    /// `text` on one line: control and formatting characters and lone surrogates as `\n`, `\t` or `\u001b`.
    public static String line(String text) {
        return rewritten(text, Printable::unfit);
    }

    private static String rewritten(String text, IntPredicate unfit) {
        if (text.codePoints().noneMatch(unfit)) {
            return text;
        }
        StringBuilder fit = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (unfit.test(c)) {
                fit.append(escaped(c));
            } else {
                fit.appendCodePoint(c);
            }
        });
        return fit.toString();
    }

    /// `text` on as many lines as it has: as [#line], but for line breaks, tabs, and the joiners of which some scripts
    /// and some emoji are made.
    public static String text(String text) {
        return rewritten(text, c -> unfit(c) && c != '\n' && c != '\t' && c != 0x200C && c != 0x200D);
    }

    /// [#line], cut to about 60 characters with an ellipsis.
    public static String brief(String text) {
        if (text.codePointCount(0, text.length()) <= SHORT) {
            return line(text);
        }
        return line(text.substring(0, text.offsetByCodePoints(0, SHORT - 1))) + "…";
    }

    private static boolean unfit(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escaped(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u%04x".formatted(codePoint);
        };
    }
}
