package dev.stepwell.data.jinja.text;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Numbers as Python's `int` and `float` read them from text.
public final class NumberReader {
    private static final int MOST_DIGITS = 4300;

    private NumberReader() {}

    /// The whole number, or null where the text is none in this base; 0 takes the base from the prefix.
    public static @Nullable BigInteger integer(String text, int base) {
        if (base != 0 && (base < 2 || base > 36)) {
            return null;
        }
        String digits = ascii(Strip.whitespace(text, true, true));
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int prefixed = prefixBase(digits);
        int radix = base == 0 ? (prefixed == 0 ? 10 : prefixed) : base;
        if (prefixed == radix) {
            digits = digits.substring(2);
            if (digits.startsWith("_")) {
                digits = digits.substring(1);
            }
        } else if (base == 0
                && digits.startsWith("0")
                && !digits.replace("_", "").matches("0+")) {
            return null;
        }
        if (!isDigits(digits, radix)) {
            return null;
        }
        String plain = digits.replace("_", "");
        boolean powerOfTwo = Integer.bitCount(radix) == 1;
        if (plain.length() > MOST_DIGITS && (!powerOfTwo || plain.length() > MOST_DIGITS * 4)) {
            return null;
        }
        BigInteger value = new BigInteger(plain, radix);
        return negative ? value.negate() : value;
    }

    /// The floating point number, or null where the text is none.
    public static @Nullable Double real(String text) {
        String number = ascii(Strip.whitespace(text, true, true));
        int at = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
        double sign = number.startsWith("-") ? -1 : 1;
        String rest = Case.lower(number.substring(at));
        if (rest.equals("inf") || rest.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (rest.equals("nan")) {
            return Double.NaN;
        }
        return isReal(rest) ? sign * Double.parseDouble(rest.replace("_", "")) : null;
    }

    private static boolean isReal(String rest) {
        int exponent = rest.indexOf('e');
        String mantissa = exponent < 0 ? rest : rest.substring(0, exponent);
        if (exponent >= 0) {
            String power = rest.substring(exponent + 1);
            boolean signed = power.startsWith("-") || power.startsWith("+");
            if (!isDigits(signed ? power.substring(1) : power, 10)) {
                return false;
            }
        }
        int point = mantissa.indexOf('.');
        if (point < 0) {
            return isDigits(mantissa, 10);
        }
        String whole = mantissa.substring(0, point);
        String fraction = mantissa.substring(point + 1);
        return (!whole.isEmpty() || !fraction.isEmpty())
                && (whole.isEmpty() || isDigits(whole, 10))
                && (fraction.isEmpty() || isDigits(fraction, 10));
    }

    private static int prefixBase(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 0;
        }
        return switch (digits.charAt(1)) {
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            case 'x', 'X' -> 16;
            default -> 0;
        };
    }

    /// Whether it is digits with at most single underscores between them.
    private static boolean isDigits(String digits, int radix) {
        boolean wanted = true;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit == '_' ? wanted : digit >= 0x80 || Character.digit(digit, radix) < 0) {
                return false;
            }
            wanted = digit == '_';
        }
        return !wanted;
    }

    /// With the digits of all scripts made ASCII.
    private static String ascii(String text) {
        if (text.chars().allMatch(point -> point < 0x80)) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (Characters.isDecimal(point)) {
                ascii.append(Character.digit(point, 10));
            } else {
                ascii.appendCodePoint(point);
            }
        });
        return ascii.toString();
    }
}
