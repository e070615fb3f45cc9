package dev.stepwell.data.jinja;

import java.io.Serial;

/// A template's source is not Jinja, or uses of Jinja what chat templates cannot: the message begins with the line.
public final class TemplateSyntaxException extends TemplateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param line    of the source, the first being 1
    /// @param problem what is wrong there
    public TemplateSyntaxException(int line, String problem) {
        super("line " + line + ": " + shortened(problem), line);
    }
}
