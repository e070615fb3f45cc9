package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// Python's arithmetic on numbers: whole ones never overflow, division rounds down.
public final class Arithmetic {
    private static final MathContext ENOUGH = new MathContext(800);

    private Arithmetic() {}

    /// One plus the other.
    public static Numeric add(Budget budget, Numeric left, Numeric right) {
        if (left instanceof Int one && right instanceof Int other) {
            long sum = one.value() + other.value();
            if (((one.value() ^ sum) & (other.value() ^ sum)) >= 0) {
                return Int.of(sum);
            }
        }
        if (left instanceof Integral one && right instanceof Integral other) {
            return whole(budget, one.big().add(other.big()));
        }
        return new Real(Numbers.toDouble(left) + Numbers.toDouble(right));
    }

    /// One minus the other.
    public static Numeric subtract(Budget budget, Numeric left, Numeric right) {
        if (left instanceof Int one && right instanceof Int other) {
            long difference = one.value() - other.value();
            if (((one.value() ^ other.value()) & (one.value() ^ difference)) >= 0) {
                return Int.of(difference);
            }
        }
        if (left instanceof Integral one && right instanceof Integral other) {
            return whole(budget, one.big().subtract(other.big()));
        }
        return new Real(Numbers.toDouble(left) - Numbers.toDouble(right));
    }

    /// One times the other.
    public static Numeric multiply(Budget budget, Numeric left, Numeric right) {
        if (left instanceof Integral one && right instanceof Integral other) {
            BigInteger first = one.big();
            BigInteger second = other.big();
            budget.bits((long) first.bitLength() + second.bitLength());
            return Integral.of(first.multiply(second));
        }
        return new Real(Numbers.toDouble(left) * Numbers.toDouble(right));
    }

    /// `/`: always a floating point number.
    public static Real divide(Numeric left, Numeric right) {
        if (left instanceof Integral one && right instanceof Integral other) {
            if (other.big().signum() == 0) {
                throw Fault.of(FailureKind.DIVISION, "division by zero");
            }
            if (exact(one.big()) && exact(other.big())) {
                return new Real(one.big().doubleValue() / other.big().doubleValue());
            }
            double quotient = new BigDecimal(one.big())
                    .divide(new BigDecimal(other.big()), ENOUGH)
                    .doubleValue();
            if (Double.isInfinite(quotient)) {
                throw Fault.of(FailureKind.OVERFLOW, "integer division result too large for a float");
            }
            return new Real(quotient);
        }
        double divisor = Numbers.toDouble(right);
        double dividend = Numbers.toDouble(left);
        if (divisor == 0) {
            throw Fault.of(FailureKind.DIVISION, "float division by zero");
        }
        return new Real(dividend / divisor);
    }

    /// `//`: rounded down.
    public static Numeric floorDivide(Numeric left, Numeric right) {
        if (left instanceof Integral one && right instanceof Integral other) {
            BigInteger divisor = nonZero(other, "integer division or modulo by zero");
            BigInteger[] parts = one.big().divideAndRemainder(divisor);
            boolean down = parts[1].signum() != 0 && parts[1].signum() != divisor.signum();
            return Integral.of(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
        }
        double dividend = Numbers.toDouble(left);
        double divisor = Numbers.toDouble(right);
        if (divisor == 0) {
            throw Fault.of(FailureKind.DIVISION, "float floor division by zero");
        }
        double remainder = remainder(dividend, divisor);
        double quotient = (dividend - remainder) / divisor;
        if (quotient == 0) {
            return new Real(Math.copySign(0.0, dividend / divisor));
        }
        double floor = Math.floor(quotient);
        return new Real(quotient - floor > 0.5 ? floor + 1 : floor);
    }

    /// `%`: with the sign of the divisor.
    public static Numeric modulo(Numeric left, Numeric right) {
        if (left instanceof Int one && right instanceof Int other && other.value() != 0) {
            return Int.of(Math.floorMod(one.value(), other.value()));
        }
        if (left instanceof Integral one && right instanceof Integral other) {
            BigInteger divisor = nonZero(other, "integer modulo by zero");
            BigInteger remainder = one.big().remainder(divisor);
            boolean apart = remainder.signum() != 0 && remainder.signum() != divisor.signum();
            return Integral.of(apart ? remainder.add(divisor) : remainder);
        }
        double divisor = Numbers.toDouble(right);
        double dividend = Numbers.toDouble(left);
        if (divisor == 0) {
            throw Fault.of(FailureKind.DIVISION, "float modulo");
        }
        return new Real(remainder(dividend, divisor));
    }

    /// `**`.
    public static Numeric power(Budget budget, Numeric left, Numeric right) {
        if (left instanceof Integral base
                && right instanceof Integral exponent
                && exponent.big().signum() >= 0) {
            BigInteger value = base.big();
            if (value.bitLength() <= 1 && value.abs().bitLength() <= 1) {
                boolean even = !exponent.big().testBit(0);
                return exponent.big().signum() == 0 || (even && value.signum() < 0) ? Int.of(1) : Integral.of(value);
            }
            long times = Numbers.clamp(exponent);
            budget.bits(times > Integer.MAX_VALUE ? times : value.bitLength() * times);
            return Integral.of(value.pow((int) times));
        }
        double base = Numbers.toDouble(left);
        double exponent = Numbers.toDouble(right);
        if (base == 0 && exponent < 0) {
            throw Fault.of(FailureKind.DIVISION, "0.0 cannot be raised to a negative power");
        }
        if (base < 0 && exponent != Math.rint(exponent) && !Double.isInfinite(base)) {
            throw Fault.unsupported("a complex number, as the power of a negative number is,");
        }
        if (base == 1 || (Math.abs(base) == 1 && Double.isInfinite(exponent))) {
            return new Real(1);
        }
        double power = Math.pow(base, exponent);
        if (Double.isInfinite(power) && !Double.isInfinite(base) && !Double.isInfinite(exponent)) {
            throw Fault.of(FailureKind.OVERFLOW, "(34, 'Numerical result out of range')");
        }
        return new Real(power);
    }

    /// The number with the other sign.
    public static Numeric negate(Budget budget, Numeric number) {
        return switch (number) {
            case Real real -> new Real(-real.value());
            case Integral whole -> whole(budget, whole.big().negate());
        };
    }

    /// The number without its sign.
    public static Numeric absolute(Budget budget, Numeric number) {
        return switch (number) {
            case Real real -> new Real(Math.abs(real.value()));
            case Integral whole -> whole(budget, whole.big().abs());
        };
    }

    private static Integral whole(Budget budget, BigInteger value) {
        budget.bits(value.bitLength());
        return Integral.of(value);
    }

    private static BigInteger nonZero(Integral divisor, String problem) {
        if (divisor.big().signum() == 0) {
            throw Fault.of(FailureKind.DIVISION, problem);
        }
        return divisor.big();
    }

    private static double remainder(double dividend, double divisor) {
        double remainder = dividend % divisor;
        if (remainder == 0) {
            return Math.copySign(0.0, divisor);
        }
        return remainder < 0 == divisor < 0 ? remainder : remainder + divisor;
    }

    /// Whether a double holds it without loss.
    private static boolean exact(BigInteger value) {
        return value.bitLength() <= 53;
    }
}
