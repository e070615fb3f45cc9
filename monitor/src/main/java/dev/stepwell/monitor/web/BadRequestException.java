package dev.stepwell.monitor.web;

import java.io.Serial;

/// A request that makes no sense; the message says why, and is shown to who sent it.
public final class BadRequestException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public BadRequestException(String message) {
        super(message);
    }
}
