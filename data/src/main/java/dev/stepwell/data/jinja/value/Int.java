package dev.stepwell.data.jinja.value;

import java.math.BigInteger;

/// A whole number of 64 bits.
public record Int(long value) implements Integral {
    private static final int SMALLEST = -16;
    private static final int LARGEST = 1024;
    private static final Int[] SMALL = small();

    /// The number with this value.
    public static Int of(long value) {
        return value >= SMALLEST && value < LARGEST ? SMALL[(int) value - SMALLEST] : new Int(value);
    }

    @Override
    public BigInteger big() {
        return BigInteger.valueOf(value);
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

    private static Int[] small() {
        Int[] numbers = new Int[LARGEST - SMALLEST];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Int(i + SMALLEST);
        }
        return numbers;
    }
}
