package dev.stepwell.data.jinja.text;

/// Strings as Python's `repr` and `ascii` write them.
public final class Quoting {
    private Quoting() {}

    /// What `ascii` makes of a `repr`: everything beyond ASCII escaped.
    public static String asciiOnly(String repr) {
        StringBuilder ascii = new StringBuilder(repr.length());
        repr.codePoints().forEach(point -> {
            if (point < 0x80) {
                ascii.append((char) point);
            } else {
                ascii.append(escape(point));
            }
        });
        return ascii.toString();
    }

    /// `repr`: in single quotes if that needs no escapes, with what cannot be printed escaped.
    public static String repr(String text) {
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
                    } else if (point < 0x7f ? point >= ' ' : Characters.isPrintable(point)) {
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
