package dev.stepwell.data.rows;

/// Pieces of the user's data inside messages: short, on one line, and harmless to a terminal.
public final class Quoted {
    private static final int LONGEST = 24;

    private Quoted() {}

    public static String of(String text) {
        return '"' + brief(text) + '"';
    }

    /// The same without quotes.
    static String brief(String text) {
        return shorten(text, LONGEST);
    }

    /// At most `longest` characters of `text`, with `…` for the rest, and `?` for each one that is not printed.
    static String shorten(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).map(Quoted::printable).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > longest
                ? shown.append('…').toString()
                : shown.toString();
    }

    private static int printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> character;
        };
    }
}
