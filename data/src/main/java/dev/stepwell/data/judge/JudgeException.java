package dev.stepwell.data.judge;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// An answer could not be judged; the message says why and what to do.
public final class JudgeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    JudgeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
