package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.Span;
import java.util.List;

/// A part of a rendered row, tokenized on its own.
sealed interface Piece {
    /// Control tokens.
    ///
    /// @param target whether the model must learn to say them
    record Control(List<Integer> ids, boolean target) implements Piece {
        public Control {
            ids = List.copyOf(ids);
        }
    }

    /// A text, as many tokens as it takes, all of them to be learnt, or none.
    ///
    /// @param raw whether special tokens written out in the text count as those tokens
    record Text(String text, boolean raw, boolean target) implements Piece {}

    /// A text that cannot be split where an answer begins, for its tokens would be others then. A token is learnt if
    /// any of its characters is.
    ///
    /// @param targets what is to be learnt, in order
    record Marked(String text, List<Span> targets) implements Piece {
        public Marked {
            targets = List.copyOf(targets);
        }
    }
}
