package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Comparing numbers of different types by their exact values, and turning one into the other.
public final class Numbers {
    private Numbers() {}

    /// Whether two numbers have the same value; what is not a number has none.
    public static boolean same(Numeric left, Numeric right) {
        return comparable(left, right) && compare(left, right) == 0;
    }

    /// Whether neither is "not a number".
    public static boolean comparable(Numeric left, Numeric right) {
        return !isNan(left) && !isNan(right);
    }

    /// Compares by value; both have to be comparable.
    public static int compare(Numeric left, Numeric right) {
        if (left instanceof Int one && right instanceof Int other) {
            return Long.compare(one.value(), other.value());
        }
        return switch (left) {
            case Real one ->
                switch (right) {
                    case Real other -> one.value() < other.value() ? -1 : one.value() > other.value() ? 1 : 0;
                    case Integral other -> compare(one.value(), other.big());
                };
            case Integral one ->
                switch (right) {
                    case Real other -> -compare(other.value(), one.big());
                    case Integral other -> one.big().compareTo(other.big());
                };
        };
    }

    /// The same for numbers of the same value.
    static int hash(Numeric number) {
        return switch (number) {
            case Bool bool -> bool.value() ? 1 : 0;
            case Int small -> Long.hashCode(small.value());
            case BigInt big -> big.value().hashCode();
            case Real real -> hash(real.value());
        };
    }

    /// The nearest floating point number.
    public static double toDouble(Numeric number) {
        return switch (number) {
            case Real real -> real.value();
            case Bool bool -> bool.value() ? 1 : 0;
            case Int small -> small.value();
            case BigInt big -> {
                double value = big.value().doubleValue();
                if (Double.isInfinite(value)) {
                    throw Fault.of(FailureKind.OVERFLOW, "int too large to convert to float");
                }
                yield value;
            }
        };
    }

    /// A whole number from a floating point one, cut towards zero.
    public static Integral truncate(double value) {
        if (Double.isNaN(value)) {
            throw Fault.value("cannot convert float NaN to integer");
        }
        if (Double.isInfinite(value)) {
            throw Fault.of(FailureKind.OVERFLOW, "cannot convert float infinity to integer");
        }
        if (Math.abs(value) < 1L << 62) {
            return Int.of((long) value);
        }
        return Integral.of(new BigDecimal(value).toBigInteger());
    }

    /// Cut to what fits, as Python does with positions: what lies beyond any length stays beyond it.
    public static long clamp(Integral number) {
        return switch (number) {
            case Bool bool -> bool.value() ? 1 : 0;
            case Int small -> small.value();
            case BigInt big -> big.value().signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        };
    }

    private static boolean isNan(Numeric number) {
        return number instanceof Real real && Double.isNaN(real.value());
    }

    private static int compare(double left, BigInteger right) {
        if (Double.isInfinite(left)) {
            return left > 0 ? 1 : -1;
        }
        return new BigDecimal(left).compareTo(new BigDecimal(right));
    }

    private static int hash(double value) {
        if (value == Math.rint(value) && !Double.isInfinite(value)) {
            return hash(truncate(value));
        }
        return Double.hashCode(value);
    }
}
