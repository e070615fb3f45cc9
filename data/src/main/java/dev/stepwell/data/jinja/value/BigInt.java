package dev.stepwell.data.jinja.value;

import java.math.BigInteger;

/// A whole number of more than 64 bits; see [Integral#of].
public record BigInt(BigInteger value) implements Integral {
    @Override
    public BigInteger big() {
        return value;
    }

    @Override
    public String type() {
        return "int";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numeric number && Numbers.same(this, number);
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
