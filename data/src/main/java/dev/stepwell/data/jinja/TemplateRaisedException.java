package dev.stepwell.data.jinja;

import java.io.Serial;

/// The template itself refuses what it was given, through `raise_exception`. The message is exactly what it says.
public final class TemplateRaisedException extends TemplateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message what the template says
    /// @param line    where it says so
    public TemplateRaisedException(String message, int line) {
        super(message, line);
    }
}
