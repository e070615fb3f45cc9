package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.text.Quoting;

/// Backslashes in the strings of templates, as Python's `unicode-escape` reads them.
final class Escapes {
    private static final int OCTAL_DIGITS = 3;

    private final String raw;
    private final StringBuilder resolved;
    private int position;

    private Escapes(String raw) {
        this.raw = raw;
        this.resolved = new StringBuilder(raw.length());
    }

    /// The string that is meant, or an `IllegalArgumentException` that says what is wrong.
    static String resolve(String raw) {
        return new Escapes(raw).resolve();
    }

    private String resolve() {
        while (position < raw.length()) {
            char next = raw.charAt(position++);
            if (next == '\\') {
                escape();
            } else {
                resolved.append(next);
            }
        }
        return resolved.toString();
    }

    private void escape() {
        int escaped = raw.codePointAt(position);
        position += Character.charCount(escaped);
        switch (escaped) {
            case '\n' -> {}
            case '\\', '\'', '"' -> resolved.appendCodePoint(escaped);
            case 'a' -> resolved.append('\u0007');
            case 'b' -> resolved.append('\b');
            case 'f' -> resolved.append('\f');
            case 'n' -> resolved.append('\n');
            case 'r' -> resolved.append('\r');
            case 't' -> resolved.append('\t');
            case 'v' -> resolved.append('\u000b');
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            case 'x' -> hexadecimal(2, "truncated \\xXX escape");
            case 'u' -> hexadecimal(4, "truncated \\uXXXX escape");
            case 'U' -> hexadecimal(8, "truncated \\UXXXXXXXX escape");
            case 'N' -> named();
            default -> {
                // Jinja turns what is not ASCII into escapes of its own first, which this backslash then escapes.
                String rest = escaped < 0x80
                        ? Character.toString(escaped)
                        : Quoting.escape(escaped).substring(1);
                resolved.append('\\').append(rest);
            }
        }
    }

    private void octal() {
        int value = 0;
        int end = Math.min(raw.length(), position - 1 + OCTAL_DIGITS);
        for (position--; position < end && Character.digit(raw.charAt(position), 8) >= 0; position++) {
            value = value * 8 + Character.digit(raw.charAt(position), 8);
        }
        resolved.appendCodePoint(value);
    }

    private void hexadecimal(int digits, String problem) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = position < raw.length() && raw.charAt(position) < 0x80
                    ? Character.digit(raw.charAt(position), 16)
                    : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(problem);
            }
            value = value * 16 + digit;
            position++;
        }
        if (!Character.isValidCodePoint(value)) {
            throw new IllegalArgumentException("illegal Unicode character");
        }
        resolved.appendCodePoint(value);
    }

    private void named() {
        int end = raw.indexOf('}', position);
        if (position >= raw.length() || raw.charAt(position) != '{' || end < 0) {
            throw new IllegalArgumentException("malformed \\N character escape");
        }
        String name = raw.substring(position + 1, end);
        try {
            resolved.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown Unicode character name", e);
        }
        position = end + 1;
    }
}
