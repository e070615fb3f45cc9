package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.jinja.text.Quoting;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Str;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/// Tokens inside of tags: names, numbers, strings, operators.
final class ExpressionLexer {
    private static final int MOST_DIGITS = 4300;
    private static final TokenKind[] OPERATORS = {
        TokenKind.FLOORDIV,
        TokenKind.POW,
        TokenKind.EQ,
        TokenKind.NE,
        TokenKind.GTEQ,
        TokenKind.LTEQ,
        TokenKind.ADD,
        TokenKind.SUB,
        TokenKind.DIV,
        TokenKind.MUL,
        TokenKind.MOD,
        TokenKind.TILDE,
        TokenKind.LBRACKET,
        TokenKind.RBRACKET,
        TokenKind.LPAREN,
        TokenKind.RPAREN,
        TokenKind.LBRACE,
        TokenKind.RBRACE,
        TokenKind.GT,
        TokenKind.LT,
        TokenKind.ASSIGN,
        TokenKind.DOT,
        TokenKind.COLON,
        TokenKind.PIPE,
        TokenKind.COMMA,
        TokenKind.SEMICOLON
    };

    private final Source source;
    private final Deque<TokenKind> open = new ArrayDeque<>();

    ExpressionLexer(Source source) {
        this.source = source;
    }

    /// Whether every bracket is closed, so that a tag may end.
    boolean isBalanced() {
        return open.isEmpty();
    }

    /// The token at the position, which is neither whitespace nor the end.
    Token next() {
        char first = source.peek();
        if (first >= '0' && first <= '9') {
            return number();
        }
        int point = source.text().codePointAt(source.position());
        if (isNamePart(point)) {
            return name();
        }
        if (first == '\'' || first == '"') {
            return string(first);
        }
        return operator();
    }

    private Token number() {
        int line = source.line();
        int start = source.position();
        int end = floatEnd(start);
        boolean whole = end < 0;
        if (whole) {
            end = integerEnd(start);
        }
        String digits = source.text().substring(start, end).replace("_", "");
        if (digits.length() > MOST_DIGITS) {
            throw source.error("a number of " + digits.length() + " digits is longer than " + MOST_DIGITS);
        }
        source.moveTo(end);
        return whole
                ? new Token(TokenKind.INTEGER, line, digits, integer(digits))
                : new Token(TokenKind.FLOAT, line, digits, new Real(Double.parseDouble(digits)));
    }

    /// Where the floating point number ends that begins there, or -1 if there is none.
    private int floatEnd(int start) {
        if (start > 0 && source.text().charAt(start - 1) == '.') {
            return -1;
        }
        int whole = digitsEnd(start, 10);
        int fraction = charAt(whole) == '.' ? digitsEnd(whole + 1, 10) : whole;
        boolean fractional = fraction > whole + 1;
        int end = fractional ? fraction : whole;
        if (charAt(end) == 'e' || charAt(end) == 'E') {
            int exponent = charAt(end + 1) == '+' || charAt(end + 1) == '-' ? end + 2 : end + 1;
            int exponentEnd = digitsEnd(exponent, 10);
            if (exponentEnd > exponent) {
                return exponentEnd;
            }
        }
        return fractional ? end : -1;
    }

    private int integerEnd(int start) {
        if (charAt(start) != '0') {
            return digitsEnd(start, 10);
        }
        int radix = radix(charAt(start + 1));
        if (radix != 10) {
            int first = charAt(start + 2) == '_' ? start + 3 : start + 2;
            int end = digitsEnd(first, radix);
            if (end > first) {
                return end;
            }
        }
        return digitsEnd(start, 1);
    }

    /// The end of the digits, perhaps with single underscores between them, that begin there.
    private int digitsEnd(int start, int radix) {
        int end = start;
        while (isDigit(charAt(end), radix) || (end > start && charAt(end) == '_' && isDigit(charAt(end + 1), radix))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char digit, int radix) {
        return digit < 0x80 && (radix == 1 ? digit == '0' : Character.digit(digit, radix) >= 0);
    }

    private static int radix(char mark) {
        return switch (mark) {
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
    }

    private char charAt(int index) {
        return index < source.text().length() ? source.text().charAt(index) : 0;
    }

    private static Integral integer(String digits) {
        int radix = digits.length() > 1 ? radix(digits.charAt(1)) : 10;
        return Integral.of(radix == 10 ? new BigInteger(digits) : new BigInteger(digits.substring(2), radix));
    }

    private Token name() {
        int line = source.line();
        int start = source.position();
        int end = start;
        while (end < source.text().length()) {
            int point = source.text().codePointAt(end);
            if (!isNamePart(point)) {
                break;
            }
            end += Character.charCount(point);
        }
        String name = source.text().substring(start, end);
        int first = name.codePointAt(0);
        if (first != '_' && !Character.isUnicodeIdentifierStart(first)) {
            throw source.error("Invalid character in identifier");
        }
        source.moveTo(end);
        return new Token(TokenKind.NAME, line, name);
    }

    private static boolean isNamePart(int point) {
        return point == '_' || (Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
    }

    private Token string(char quote) {
        int line = source.line();
        String text = source.text();
        int start = source.position() + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw unexpected();
        }
        String raw = text.substring(start, end);
        String value;
        try {
            value = raw.indexOf('\\') < 0 ? raw : Escapes.resolve(raw);
        } catch (IllegalArgumentException e) {
            throw new TemplateSyntaxException(line, String.valueOf(e.getMessage()));
        }
        source.moveTo(end + 1);
        return new Token(TokenKind.STRING, line, value, Str.of(value));
    }

    private Token operator() {
        for (TokenKind operator : OPERATORS) {
            String sign = operator.description();
            if (source.looksAt(sign)) {
                balance(operator);
                int line = source.line();
                source.skip(sign.length());
                return new Token(operator, line, sign);
            }
        }
        throw unexpected();
    }

    private void balance(TokenKind operator) {
        switch (operator) {
            case LBRACE -> open.push(TokenKind.RBRACE);
            case LPAREN -> open.push(TokenKind.RPAREN);
            case LBRACKET -> open.push(TokenKind.RBRACKET);
            case RBRACE, RPAREN, RBRACKET -> {
                if (open.isEmpty()) {
                    throw source.error("unexpected '" + operator.description() + "'");
                }
                TokenKind expected = open.pop();
                if (expected != operator) {
                    throw source.error(
                            "unexpected '" + operator.description() + "', expected '" + expected.description() + "'");
                }
            }
            default -> {}
        }
    }

    private TemplateSyntaxException unexpected() {
        String character = Character.toString(source.text().codePointAt(source.position()));
        return source.error("unexpected char " + Quoting.repr(character) + " at " + source.position());
    }
}
