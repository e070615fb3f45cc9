package dev.stepwell.torch.evaluation;

import java.io.IOException;
import java.io.Serial;

/// What was to be asked cannot be read; the message says which and why.
public final class ExamException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ExamException(String message, IOException cause) {
        super(message, cause);
    }
}
