package dev.stepwell.core.queue;

/// More was sent than may be.
public final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    TooLargeException(long maxBytes) {
        super("more than %d bytes".formatted(maxBytes));
    }
}
