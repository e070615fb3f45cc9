package dev.stepwell.torch.generation;

/// An answer, and what it took.
///
/// @param text         without the token that ended it
/// @param promptTokens tokens that were asked
/// @param tokens       tokens that were answered, the one that ended the answer not counted
public record Completion(String text, int promptTokens, int tokens, Finish finish) {}
