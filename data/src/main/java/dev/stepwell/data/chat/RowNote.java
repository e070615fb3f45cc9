package dev.stepwell.data.chat;

/// What a user should know of a row that is trained.
public enum RowNote {
    /// A message has control tokens written out, such as `<|im_end|>`: they are learnt as characters.
    CONTROL_TOKENS_WRITTEN_OUT,
    /// It has tools, and the chat template has no place for them: the model does not see them.
    TOOLS_LEFT_OUT,
    /// Messages from its beginning were left out, for it was too long.
    MESSAGES_LEFT_OUT
}
