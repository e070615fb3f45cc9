package dev.stepwell.data.chat;

/// A part of a rendered row. Each is tokenized on its own, so that it is certain which tokens are the answer's.
sealed interface Piece {
    /// Whether the model must learn to say it.
    boolean target();

    /// One control token.
    record Control(int id, boolean target) implements Piece {}

    /// A text, as many tokens as it takes.
    ///
    /// @param raw whether special tokens written out in the text count as those tokens
    record Text(String text, boolean raw, boolean target) implements Piece {}
}
