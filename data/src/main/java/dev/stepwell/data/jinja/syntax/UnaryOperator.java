package dev.stepwell.data.jinja.syntax;

/// Operators with one operand.
public enum UnaryOperator {
    /// The other sign.
    NEGATE,
    /// The same sign.
    PLUS,
    /// The other truth.
    NOT
}
