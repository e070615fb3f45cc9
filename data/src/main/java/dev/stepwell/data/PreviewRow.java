package dev.stepwell.data;

import org.jspecify.annotations.Nullable;

/// A row turned into a question: what the model gets, and what it should say.
///
/// @param promptIds tokens up to where the answer begins; not copied, not to be changed
@SuppressWarnings("ArrayRecordComponent")
public record PreviewRow(@Nullable String systemPrompt, String prompt, String goldenAnswer, int[] promptIds) {}
