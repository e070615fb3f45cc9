package dev.stepwell.data.chat;

import java.util.List;

/// A row in the form in which the model reads it.
///
/// @param pieces     in order; nothing follows the last answer
/// @param lastAnswer index of the piece with which the last answer begins
record RenderedRow(List<Piece> pieces, int lastAnswer) {
    RenderedRow {
        pieces = List.copyOf(pieces);
    }
}
