package dev.stepwell.torch.generation;

import dev.stepwell.data.PreviewRow;

/// What the model said to a row.
///
/// @param row     what it was asked
/// @param text    what it said
/// @param tokens  in how many tokens
/// @param matches whether that is right, as the row's judge sees it
public record Answer(PreviewRow row, String text, int tokens, boolean matches) {}
