package dev.stepwell.data.jinja.syntax;

/// Operators with two operands that compute a value.
public enum BinaryOperator {
    /// Sum, or one after the other.
    ADD("+"),
    /// Difference.
    SUBTRACT("-"),
    /// Product, or repetition.
    MULTIPLY("*"),
    /// Quotient.
    DIVIDE("/"),
    /// Quotient rounded down.
    FLOOR_DIVIDE("//"),
    /// Remainder, or formatting.
    MODULO("%"),
    /// Power.
    POWER("** or pow()"),
    /// The first that is false, or the last.
    AND("and"),
    /// The first that is true, or the last.
    OR("or");

    private final String sign;

    BinaryOperator(String sign) {
        this.sign = sign;
    }

    /// How Python's messages call it.
    public String sign() {
        return sign;
    }
}
