package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.jinja.text.Characters;

/// A template's text with a position in it. Line ends are made one, and the last is taken away, as Jinja does.
final class Source {
    private final String text;
    private int position;
    private int line = 1;
    private int counted;

    Source(String given) {
        String unified = given.replace("\r\n", "\n").replace('\r', '\n');
        this.text = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /// The char at the position, or 0 at the end.
    char peek() {
        return peek(0);
    }

    /// The char so many after the position, or 0 after the end.
    char peek(int ahead) {
        int index = position + ahead;
        return index < text.length() ? text.charAt(index) : 0;
    }

    boolean looksAt(String expected) {
        return text.startsWith(expected, position);
    }

    void moveTo(int target) {
        position = target;
    }

    void skip(int chars) {
        position += chars;
    }

    /// Goes over whitespace.
    void skipSpace() {
        position = spaceEnd(position);
    }

    /// The first position from there on that is not whitespace.
    int spaceEnd(int from) {
        int end = from;
        while (end < text.length() && Characters.isSpace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// The line of a position that is not before the last one asked for.
    int lineAt(int target) {
        while (counted < target) {
            if (text.charAt(counted) == '\n') {
                line++;
            }
            counted++;
        }
        return line;
    }

    /// The line of the position.
    int line() {
        return lineAt(Math.min(position, text.length()));
    }

    TemplateSyntaxException error(String problem) {
        return new TemplateSyntaxException(line(), problem);
    }
}
