package dev.stepwell.data.tokens;

import java.util.List;

/// The control tokens of the format in which the model trained from scratch reads conversations (ChatML).
public final class SpecialTokens {
    /// Fills up short rows of a batch.
    public static final String PAD = "<|pad|>";
    /// Ends a document.
    public static final String END_OF_TEXT = "<|endoftext|>";
    /// Begins a turn.
    public static final String IM_START = "<|im_start|>";
    /// Ends a turn, and so an answer.
    public static final String IM_END = "<|im_end|>";
    /// All of them; the place in the list is the id in the tokenizer that is shipped.
    public static final List<String> ALL = List.of(PAD, END_OF_TEXT, IM_START, IM_END);

    private SpecialTokens() {}
}
