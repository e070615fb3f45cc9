package dev.stepwell.core.training;

import java.io.Serial;

/// There is no model that could be trained; the message says why and what to do.
public final class TrainerUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TrainerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public TrainerUnavailableException(String message) {
        super(message);
    }
}
