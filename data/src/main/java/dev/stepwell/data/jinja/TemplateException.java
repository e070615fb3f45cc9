package dev.stepwell.data.jinja;

import java.io.Serial;

/// A template cannot be read, or cannot be rendered.
public abstract sealed class TemplateException extends RuntimeException
        permits TemplateSyntaxException, TemplateRenderException, TemplateRaisedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    TemplateException(String message, int line) {
        super(message);
        this.line = line;
    }

    /// The line of the template, the first being 1; 0 where no line is to blame.
    public int line() {
        return line;
    }
}
