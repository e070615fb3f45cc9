package dev.stepwell.monitor.web;

import java.io.IOException;

/// What a client sends did not come to its end: it was too slow, or has gone.
public final class BodyException extends IOException {
    private static final long serialVersionUID = 1;

    BodyException(String message) {
        super(message);
    }

    BodyException(String message, Throwable cause) {
        super(message, cause);
    }
}
