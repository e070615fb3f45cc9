package dev.stepwell.app.client;

import java.io.IOException;
import java.io.Serial;

/// A daemon does not let in who asks: waiting changes nothing.
public final class RefusedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
