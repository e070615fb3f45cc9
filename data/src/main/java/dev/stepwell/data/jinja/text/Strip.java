package dev.stepwell.data.jinja.text;

import java.util.function.IntPredicate;

/// Python's `strip`, `lstrip` and `rstrip`.
public final class Strip {
    private Strip() {}

    /// Takes whitespace away.
    public static String whitespace(String text, boolean left, boolean right) {
        return strip(text, Characters::isSpace, left, right);
    }

    /// Takes any of these characters away.
    public static String characters(String text, String characters, boolean left, boolean right) {
        return strip(text, point -> characters.indexOf(point) >= 0, left, right);
    }

    private static String strip(String text, IntPredicate unwanted, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && unwanted.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && start < end && unwanted.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(start, end);
    }
}
