package dev.stepwell.data.chat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A row in the form in which the model reads it.
///
/// @param pieces     in order; nothing follows the last answer
/// @param lastAnswer index of the piece with which the last answer begins, or in which it is
/// @param notes      what users should know of it
record RenderedRow(List<Piece> pieces, int lastAnswer, Set<RowNote> notes) {
    RenderedRow {
        pieces = List.copyOf(pieces);
        notes = Set.copyOf(notes);
    }

    RenderedRow(List<Piece> pieces, int lastAnswer) {
        this(pieces, lastAnswer, EnumSet.noneOf(RowNote.class));
    }
}
