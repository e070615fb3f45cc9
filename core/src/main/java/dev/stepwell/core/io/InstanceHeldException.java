package dev.stepwell.core.io;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/// Another daemon lives in the base directory; the message names it.
public final class InstanceHeldException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    InstanceHeldException(Path root, String holder) {
        super("another daemon (%s) works in %s".formatted(holder, root));
    }
}
