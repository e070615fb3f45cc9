package dev.stepwell.data.jinja.value;

import java.math.BigInteger;

/// Python's `True` and `False`, which are also one and zero.
public record Bool(boolean value) implements Integral {
    /// Python's `True`.
    public static final Bool TRUE = new Bool(true);
    /// Python's `False`.
    public static final Bool FALSE = new Bool(false);

    /// The one of the two.
    public static Bool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public BigInteger big() {
        return value ? BigInteger.ONE : BigInteger.ZERO;
    }

    @Override
    public String type() {
        return "bool";
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
