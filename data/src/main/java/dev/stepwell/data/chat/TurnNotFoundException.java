package dev.stepwell.data.chat;

import java.io.Serial;

/// A chat template does not show which part of a conversation a turn is.
final class TurnNotFoundException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param index of the message
    TurnNotFoundException(int index) {
        super("the chat template does not show where the answer in messages[%d] begins and ends".formatted(index));
    }
}
