package dev.stepwell.core.training;

import org.jspecify.annotations.Nullable;

/// An example of what the model answers now, beside what it should have answered.
///
/// @param globalStep   step of the weights that answered
/// @param systemPrompt the row's system message, if it has one
/// @param prompt       what was asked
/// @param goldenAnswer what the data says
/// @param modelAnswer  what the model said, greedily decoded
/// @param matches      whether that is right, as the file's judge sees it
/// @param goldenTokens tokens of `goldenAnswer`; null if they were not counted
/// @param modelTokens  tokens of `modelAnswer`; null if they were not counted
public record Preview(
        long globalStep,
        @Nullable String systemPrompt,
        String prompt,
        String goldenAnswer,
        String modelAnswer,
        boolean matches,
        @Nullable Integer goldenTokens,
        @Nullable Integer modelTokens) {
    /// One whose tokens were not counted.
    public Preview(
            long globalStep,
            @Nullable String systemPrompt,
            String prompt,
            String goldenAnswer,
            String modelAnswer,
            boolean matches) {
        this(globalStep, systemPrompt, prompt, goldenAnswer, modelAnswer, matches, null, null);
    }
}
