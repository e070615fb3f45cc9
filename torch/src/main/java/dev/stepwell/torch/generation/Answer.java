package dev.stepwell.torch.generation;

import dev.stepwell.data.PreviewRow;

/// What the model said to a row.
///
/// @param row     what it was asked
/// @param text    what it said
/// @param matches whether that is the row's golden answer, white space around it aside
public record Answer(PreviewRow row, String text, boolean matches) {
    static Answer of(PreviewRow row, String text) {
        return new Answer(row, text, text.strip().equals(row.goldenAnswer().strip()));
    }
}
