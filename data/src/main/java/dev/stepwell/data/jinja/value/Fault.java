package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import java.io.Serial;

/// What goes wrong while a template runs, before the line is known: whoever runs a statement adds it.
public final class Fault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final boolean raised;

    private Fault(FailureKind kind, String message, boolean raised) {
        super(message, null, false, false);
        this.kind = kind;
        this.raised = raised;
    }

    /// A failure of this kind.
    public static Fault of(FailureKind kind, String message) {
        return new Fault(kind, message, false);
    }

    /// A `TypeError`.
    public static Fault type(String message) {
        return of(FailureKind.TYPE, message);
    }

    /// A `ValueError`.
    public static Fault value(String message) {
        return of(FailureKind.VALUE, message);
    }

    /// A limit that was reached.
    public static Fault limit(String message) {
        return of(FailureKind.LIMIT, message);
    }

    /// What this interpreter leaves out.
    public static Fault unsupported(String what) {
        return of(FailureKind.UNSUPPORTED, what + " is not supported in chat templates");
    }

    /// What the template itself says through `raise_exception`.
    public static Fault raised(String message) {
        return new Fault(FailureKind.RUNTIME, message, true);
    }

    /// What went wrong, in a word.
    public FailureKind kind() {
        return kind;
    }

    /// Whether the template itself said it.
    public boolean isRaised() {
        return raised;
    }

    /// What went wrong.
    public String problem() {
        return String.valueOf(getMessage());
    }
}
