package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.text.Characters;
import java.util.ArrayDeque;
import java.util.Deque;

/// Splits a template into tokens with `trim_blocks` and `lstrip_blocks`: the line end after a block goes, and so does
/// the space before one that begins its line.
final class Lexer {
    private enum Tag {
        NONE,
        BLOCK,
        VARIABLE
    }

    private final Source source;
    private final ExpressionLexer expressions;
    private final Deque<Token> ready = new ArrayDeque<>();
    private Tag inside = Tag.NONE;
    /// Whether the char before the position ends a line, or there is none.
    private boolean lineStarts = true;

    Lexer(String template) {
        this.source = new Source(template);
        this.expressions = new ExpressionLexer(source);
    }

    /// The next token; at the end, [TokenKind#EOF] for ever.
    Token next() {
        while (ready.isEmpty()) {
            switch (inside) {
                case NONE -> text();
                case BLOCK, VARIABLE -> tag();
            }
        }
        return ready.removeFirst();
    }

    private void text() {
        if (source.atEnd()) {
            ready.add(new Token(TokenKind.EOF, source.line(), ""));
            return;
        }
        int start = source.position();
        int tag = nextTag(start);
        if (tag < 0) {
            int line = source.line();
            String rest = source.text().substring(start);
            source.moveTo(source.text().length());
            ready.add(new Token(TokenKind.DATA, line, rest));
            return;
        }
        char kind = source.text().charAt(tag + 1);
        int signAt = tag + 2;
        char sign = signAt < source.text().length() ? source.text().charAt(signAt) : 0;
        int textLine = source.line();
        String text = stripped(source.text().substring(start, tag), kind, sign);
        if (!text.isEmpty()) {
            ready.add(new Token(TokenKind.DATA, textLine, text));
        }
        source.moveTo(tag);
        int line = source.line();
        source.skip(sign == '-' || sign == '+' ? 3 : 2);
        lineStarts = false;
        switch (kind) {
            case '{' -> {
                inside = Tag.VARIABLE;
                ready.add(new Token(TokenKind.VARIABLE_BEGIN, line, "{{"));
            }
            case '#' -> comment();
            default -> {
                int raw = rawEnd(source.position());
                if (raw >= 0) {
                    source.moveTo(raw);
                    lineStarts = source.text().charAt(raw - 1) == '\n';
                    raw();
                } else {
                    inside = Tag.BLOCK;
                    ready.add(new Token(TokenKind.BLOCK_BEGIN, line, "{%"));
                }
            }
        }
    }

    private int nextTag(int from) {
        String text = source.text();
        for (int at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            if (next == '{' || next == '%' || next == '#') {
                return at;
            }
        }
        return -1;
    }

    private String stripped(String text, char kind, char sign) {
        if (sign == '-') {
            int end = text.length();
            while (end > 0 && Characters.isSpace(text.charAt(end - 1))) {
                end--;
            }
            return text.substring(0, end);
        }
        if (sign != '+' && kind != '{') {
            int lineStart = text.lastIndexOf('\n') + 1;
            if (lineStart > 0 || lineStarts) {
                boolean blank = text.chars().skip(lineStart).allMatch(Characters::isSpace);
                return blank ? text.substring(0, lineStart) : text;
            }
        }
        return text;
    }

    /// Where a `raw` tag ends whose sign ends at `from`, or -1 if it is another tag.
    private int rawEnd(int from) {
        int word = source.spaceEnd(from);
        if (!source.text().startsWith("raw", word)) {
            return -1;
        }
        int end = source.spaceEnd(word + 3);
        if (source.text().startsWith("-%}", end)) {
            return source.spaceEnd(end + 3);
        }
        return source.text().startsWith("%}", end) ? end + 2 : -1;
    }

    private void raw() {
        int start = source.position();
        String text = source.text();
        for (int tag = text.indexOf("{%", start); tag >= 0; tag = text.indexOf("{%", tag + 1)) {
            char sign = tag + 2 < text.length() ? text.charAt(tag + 2) : 0;
            boolean signed = sign == '-' || sign == '+';
            int word = source.spaceEnd(tag + (signed ? 3 : 2));
            if (text.startsWith("endraw", word)) {
                int end = blockEnd(source.spaceEnd(word + 6));
                if (end >= 0) {
                    int line = source.line();
                    String data = stripped(text.substring(start, tag), '%', sign);
                    if (!data.isEmpty()) {
                        ready.add(new Token(TokenKind.DATA, line, data));
                    }
                    leave(end);
                    return;
                }
            }
        }
        throw source.error("Missing end of raw directive");
    }

    private void comment() {
        String text = source.text();
        int start = source.position();
        int end = text.indexOf("#}", start);
        if (end < 0) {
            throw source.error("Missing end of comment tag");
        }
        char sign = end > start ? text.charAt(end - 1) : 0;
        switch (sign) {
            case '-' -> leave(source.spaceEnd(end + 2));
            case '+' -> leave(end + 2);
            default -> leave(trimmed(end + 2));
        }
    }

    private void tag() {
        if (expressions.isBalanced()) {
            int end = inside == Tag.BLOCK ? blockEnd(source.position()) : variableEnd(source.position());
            if (end >= 0) {
                int line = source.line();
                ready.add(new Token(inside == Tag.BLOCK ? TokenKind.BLOCK_END : TokenKind.VARIABLE_END, line, ""));
                inside = Tag.NONE;
                leave(end);
                return;
            }
        }
        if (source.atEnd()) {
            inside = Tag.NONE;
            return;
        }
        if (Characters.isSpace(source.peek())) {
            source.skipSpace();
            return;
        }
        ready.add(expressions.next());
    }

    /// Where a block ends whose end begins there, or -1.
    private int blockEnd(int at) {
        String text = source.text();
        if (text.startsWith("+%}", at)) {
            return at + 3;
        }
        if (text.startsWith("-%}", at)) {
            return source.spaceEnd(at + 3);
        }
        return text.startsWith("%}", at) ? trimmed(at + 2) : -1;
    }

    private int variableEnd(int at) {
        String text = source.text();
        if (text.startsWith("-}}", at)) {
            return source.spaceEnd(at + 3);
        }
        return text.startsWith("}}", at) ? at + 2 : -1;
    }

    /// The position after a line end there.
    private int trimmed(int at) {
        return at < source.text().length() && source.text().charAt(at) == '\n' ? at + 1 : at;
    }

    private void leave(int end) {
        source.moveTo(end);
        lineStarts = source.text().charAt(end - 1) == '\n';
    }
}
