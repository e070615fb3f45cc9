package dev.stepwell.data.jinja.value;

import java.math.BigInteger;

/// A whole number of any size.
public sealed interface Integral extends Numeric permits Bool, Int, BigInt {
    /// Its value.
    BigInteger big();

    /// The number with this value, in its smallest form.
    static Integral of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? Int.of(value.longValue()) : new BigInt(value);
    }
}
