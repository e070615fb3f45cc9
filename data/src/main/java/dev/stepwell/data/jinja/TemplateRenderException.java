package dev.stepwell.data.jinja;

import java.io.Serial;

/// A template failed while it was rendered, other than by its own will. The message begins with the line.
public final class TemplateRenderException extends TemplateException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /// @param line    of the source, 0 where no line is to blame
    /// @param kind    what went wrong, in a word
    /// @param problem what went wrong, as Python or Jinja would say it
    public TemplateRenderException(int line, FailureKind kind, String problem) {
        super((line > 0 ? "line " + line + ": " : "") + shortened(problem), line);
        this.kind = kind;
    }

    /// @param cause what Java threw
    public TemplateRenderException(int line, FailureKind kind, String problem, Throwable cause) {
        this(line, kind, problem);
        initCause(cause);
    }

    /// What went wrong, in a word.
    public FailureKind kind() {
        return kind;
    }
}
