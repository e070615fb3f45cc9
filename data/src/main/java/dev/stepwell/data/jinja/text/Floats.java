package dev.stepwell.data.jinja.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating point numbers as Python writes them.
public final class Floats {
    private static final int LARGEST_PLAIN = 16;
    private static final int SMALLEST_PLAIN = -4;

    private Floats() {}

    /// `repr`: the fewest digits that are read back as the same number.
    public static String repr(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = value < 0 || 1 / value < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return sign + layout(digits, point);
    }

    /// The shortest decimal that is read back as this number. Java wants two digits where one would do, and so picks
    /// others for the smallest numbers.
    static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            BigDecimal shorter = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
            return shorter.doubleValue() == value ? shorter.stripTrailingZeros() : decimal;
        }
        return decimal;
    }

    private static String layout(String digits, int point) {
        if (point > LARGEST_PLAIN || point <= SMALLEST_PLAIN) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            int exponent = point - 1;
            String padded = Math.abs(exponent) < 10 ? "0" : "";
            return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + padded + Math.abs(exponent);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length()) + ".0";
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }
}
