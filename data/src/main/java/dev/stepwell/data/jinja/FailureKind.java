package dev.stepwell.data.jinja;

/// Why rendering failed: the exceptions of Python and Jinja that a template can meet, and two of this interpreter.
public enum FailureKind {
    /// Something was done with a value that is not defined (`UndefinedError`).
    UNDEFINED,
    /// An operation does not know a value of this type (`TypeError`).
    TYPE,
    /// A value of the right type that is not possible here (`ValueError`).
    VALUE,
    /// A position that does not exist (`IndexError`).
    INDEX,
    /// A key that does not exist (`KeyError`).
    KEY,
    /// An attribute that does not exist (`AttributeError`).
    ATTRIBUTE,
    /// Division by zero (`ZeroDivisionError`).
    DIVISION,
    /// A number that is too large (`OverflowError`).
    OVERFLOW,
    /// A condition that a filter demands (`AssertionError`).
    ASSERTION,
    /// What the sandbox forbids (`SecurityError`).
    SECURITY,
    /// Jinja's own complaint (`TemplateRuntimeError`, `FilterArgumentError`).
    RUNTIME,
    /// Python or Jinja would do it, this interpreter does not.
    UNSUPPORTED,
    /// A limit of [Limits] was reached.
    LIMIT
}
