package dev.stepwell.core.status;

import org.jspecify.annotations.Nullable;

/// Text from data files and models made fit to be kept and shown: not longer than is useful, and valid Unicode.
public final class DisplayText {
    /// Characters kept of a text that stands alone.
    static final int FULL = 4_000;
    /// Characters kept of a text in a list.
    static final int BRIEF = 400;

    private static final char REPLACEMENT = '\uFFFD';

    private DisplayText() {}

    /// The first few thousand characters.
    public static String full(String text) {
        return cut(text, FULL);
    }

    static String brief(String text) {
        return cut(text, BRIEF);
    }

    /// Likewise.
    public static @Nullable String fullOrNull(@Nullable String text) {
        return text == null ? null : full(text);
    }

    static @Nullable String briefOrNull(@Nullable String text) {
        return text == null ? null : brief(text);
    }

    /// The first `limit` characters, then how many there were in all. Halves of surrogate pairs, which no UTF-8 can
    /// carry, become U+FFFD, and no pair is cut in two.
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return wellFormed(text);
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return wellFormed(text.substring(0, end)) + "… [cut, %d characters in all]".formatted(text.length());
    }

    private static String wellFormed(String text) {
        StringBuilder repaired = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                i++;
                continue;
            }
            repaired = repaired == null ? new StringBuilder(text) : repaired;
            repaired.setCharAt(i, REPLACEMENT);
        }
        return repaired == null ? text : repaired.toString();
    }
}
