package dev.stepwell.data.jinja.text;

/// Strings as Python's `repr` and `ascii` write them.
public final class Quoting {
    private Quoting() {}

    /// `repr`: in single quotes if that needs no escapes, with what cannot be printed escaped.
    public static String repr(String text) {
        return quote(text, false);
    }

    /// `ascii`: the same with everything beyond ASCII escaped.
    public static String ascii(String text) {
        return quote(text, true);
    }

    private static String quote(String text, boolean ascii) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (point == quote) {
                        quoted.append('\\').append(quote);
                    } else if (point < 0x7f ? point >= ' ' : !ascii && Characters.isPrintable(point)) {
                        quoted.appendCodePoint(point);
                    } else {
                        quoted.append(escape(point));
                    }
                }
            }
        }
        return quoted.append(quote).toString();
    }

    /// `\x41`, `\u20ac` or `\U0001f389`.
    public static String escape(int point) {
        String form = point > 0xffff ? "\\U%08x" : point > 0xff ? "\\u%04x" : "\\x%02x";
        return form.formatted(point);
    }
}
