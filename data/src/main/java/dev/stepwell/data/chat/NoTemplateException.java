package dev.stepwell.data.chat;

import java.io.Serial;

/// A conversation cannot be written: the model has no chat template.
final class NoTemplateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoTemplateException() {
        super("the model has no chat template for conversations: set chat_template to a file that has one");
    }
}
