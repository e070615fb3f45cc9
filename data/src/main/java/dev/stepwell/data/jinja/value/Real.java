package dev.stepwell.data.jinja.value;

/// A floating point number of 64 bits.
public record Real(double value) implements Numeric {
    @Override
    public String type() {
        return "float";
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Numeric number && Numbers.same(this, number));
    }

    @Override
    public int hashCode() {
        return Numbers.hash(this);
    }
}
