package dev.stepwell.data.jinja.text;

import java.util.Locale;

/// Python's `upper`, `lower`, `title`, `capitalize` and `swapcase`.
public final class Case {
    private static final int CAPITAL_SIGMA = 0x3a3;

    private Case() {}

    /// All in capitals.
    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /// All in small letters.
    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// The first character in title case, the others small.
    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        // The first letter still counts when it is asked whether a sigma ends a word.
        String lower = lower(text);
        String first = lower(text.substring(0, end));
        return titleCase(text.codePointAt(0)) + lower.substring(first.length());
    }

    /// The first letter of each run of letters in title case, the others small.
    public static String title(String text) {
        StringBuilder title = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (!inWord) {
                title.append(titleCase(point));
            } else if (point == CAPITAL_SIGMA) {
                title.append(sigma(text, i));
            } else {
                title.append(lower(Character.toString(point)));
            }
            inWord = Characters.isCased(point);
            i += Character.charCount(point);
        }
        return title.toString();
    }

    /// Small letters for capitals, and the other way round.
    public static String swap(String text) {
        StringBuilder swapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (Character.isUpperCase(point)) {
                swapped.append(point == CAPITAL_SIGMA ? sigma(text, i) : lower(Character.toString(point)));
            } else if (Character.isLowerCase(point)) {
                swapped.append(upper(Character.toString(point)));
            } else {
                swapped.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return swapped.toString();
    }

    /// Title case of one character, which may be several.
    private static String titleCase(int point) {
        int single = Character.toTitleCase(point);
        String upper = upper(Character.toString(point));
        if (single != point || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(single);
        }
        int end = upper.offsetByCodePoints(0, 1);
        return upper.substring(0, end) + lower(upper.substring(end));
    }

    /// The small sigma at this place: another one ends a word.
    private static String sigma(String text, int at) {
        int before = at;
        while (before > 0 && Characters.isCaseIgnorable(text.codePointBefore(before))) {
            before -= Character.charCount(text.codePointBefore(before));
        }
        boolean follows = before > 0 && Characters.isCased(text.codePointBefore(before));
        int after = at + 1;
        while (after < text.length() && Characters.isCaseIgnorable(text.codePointAt(after))) {
            after += Character.charCount(text.codePointAt(after));
        }
        boolean ends = after >= text.length() || !Characters.isCased(text.codePointAt(after));
        return follows && ends ? "\u03c2" : "\u03c3";
    }
}
