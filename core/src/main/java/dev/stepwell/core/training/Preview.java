package dev.stepwell.core.training;

import org.jspecify.annotations.Nullable;

/// An example of what the model answers now, beside what it should have answered.
///
/// @param globalStep   step of the weights that answered
/// @param systemPrompt the row's system message, if it has one
/// @param prompt       what was asked
/// @param goldenAnswer what the data says
/// @param modelAnswer  what the model said, greedily decoded
/// @param matches      whether both are the same after surrounding white space is removed
public record Preview(
        long globalStep,
        @Nullable String systemPrompt,
        String prompt,
        String goldenAnswer,
        String modelAnswer,
        boolean matches) {}
