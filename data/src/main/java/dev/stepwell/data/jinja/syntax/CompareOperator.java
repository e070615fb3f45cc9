package dev.stepwell.data.jinja.syntax;

/// Operators that compare.
public enum CompareOperator {
    /// Equal.
    EQ,
    /// Not equal.
    NE,
    /// Less.
    LT,
    /// Less or equal.
    LE,
    /// Greater.
    GT,
    /// Greater or equal.
    GE,
    /// Contained.
    IN,
    /// Not contained.
    NOT_IN
}
