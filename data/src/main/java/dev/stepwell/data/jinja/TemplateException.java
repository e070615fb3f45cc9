package dev.stepwell.data.jinja;

import java.io.Serial;

/// A template cannot be read, or cannot be rendered.
public abstract sealed class TemplateException extends RuntimeException
        permits TemplateSyntaxException, TemplateRenderException, TemplateRaisedException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    private final int line;

    TemplateException(String message, int line) {
        super(message);
        this.line = line;
    }

    /// Problems quote what they are about, which may be as long as the template.
    static String shortened(String problem) {
        return problem.length() <= LONGEST ? problem : problem.substring(0, LONGEST) + "…";
    }

    /// The line of the template, the first being 1; 0 where no line is to blame.
    public int line() {
        return line;
    }
}
