package dev.stepwell.data.jinja.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Floating point numbers with a given number of digits: `%f`, `%e` and `%g`, and `format` without a type. All without
/// a sign; rounded from the exact value, half to even.
public final class FloatFormat {
    private FloatFormat() {}

    /// The number in the form that a letter stands for: `e`, `f`, `g` or their capitals.
    ///
    /// @param alternate whether the point and, for `g`, the zeros stay
    public static String format(double value, char form, int precision, boolean alternate) {
        double magnitude = Math.abs(value);
        boolean capitals = Character.isUpperCase(form);
        if (Double.isNaN(magnitude) || Double.isInfinite(magnitude)) {
            String name = Double.isNaN(magnitude) ? "nan" : "inf";
            return capitals ? name.toUpperCase(Locale.ROOT) : name;
        }
        String text = switch (Character.toLowerCase(form)) {
            case 'f' -> fixed(magnitude, precision, alternate);
            case 'e' -> scientific(magnitude, precision, alternate);
            default -> general(magnitude, Math.max(1, precision), alternate, false);
        };
        return capitals ? text.toUpperCase(Locale.ROOT) : text;
    }

    /// Like `g`, but with a digit after the point in any case: what `format` does with a precision and no type.
    public static String withoutType(double value, int precision) {
        double magnitude = Math.abs(value);
        if (Double.isNaN(magnitude) || Double.isInfinite(magnitude)) {
            return Double.isNaN(magnitude) ? "nan" : "inf";
        }
        return general(magnitude, Math.max(1, precision), false, true);
    }

    private static String fixed(double magnitude, int precision, boolean alternate) {
        String digits = new BigDecimal(magnitude)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        return precision == 0 && alternate ? digits + "." : digits;
    }

    private static String scientific(double magnitude, int precision, boolean alternate) {
        BigDecimal rounded = rounded(magnitude, precision + 1);
        String digits = digits(rounded, precision + 1);
        return mantissa(digits, alternate) + exponent(magnitude == 0 ? 0 : exponentOf(rounded));
    }

    private static String general(double magnitude, int precision, boolean alternate, boolean fraction) {
        BigDecimal rounded = rounded(magnitude, precision);
        int exponent = magnitude == 0 ? 0 : exponentOf(rounded);
        String digits = digits(rounded, precision);
        int largest = fraction ? precision - 1 : precision;
        if (exponent < -4 || exponent >= largest) {
            return mantissa(alternate ? digits : trimmed(digits), alternate) + exponent(exponent);
        }
        String text = plain(digits, exponent + 1);
        if (alternate) {
            return text.indexOf('.') < 0 ? text + "." : text;
        }
        String shorter = text.indexOf('.') < 0 ? text : trimmedFraction(text);
        return fraction && shorter.indexOf('.') < 0 ? shorter + ".0" : shorter;
    }

    private static BigDecimal rounded(double magnitude, int significant) {
        return new BigDecimal(magnitude).round(new MathContext(significant, RoundingMode.HALF_EVEN));
    }

    private static int exponentOf(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }

    /// Exactly so many significant digits.
    private static String digits(BigDecimal value, int significant) {
        String digits = value.signum() == 0 ? "" : value.unscaledValue().toString();
        return digits.length() >= significant
                ? digits.substring(0, significant)
                : digits + "0".repeat(significant - digits.length());
    }

    private static String plain(String digits, int point) {
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length() ? digits : digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String trimmed(String digits) {
        int end = digits.length();
        while (end > 1 && digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, end);
    }

    private static String trimmedFraction(String text) {
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private static String mantissa(String digits, boolean alternate) {
        if (digits.length() > 1) {
            return digits.charAt(0) + "." + digits.substring(1);
        }
        return alternate ? digits + "." : digits;
    }

    private static String exponent(int exponent) {
        return (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
