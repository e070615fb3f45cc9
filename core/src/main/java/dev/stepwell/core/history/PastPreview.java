package dev.stepwell.core.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A preview of weights that the model still comes from. Its texts are cut to some thousand characters; those of an
/// older program were not kept.
///
/// @param globalStep      step of the weights that answered
/// @param file            name of the file that was trained; null if not known
/// @param accuracyPercent of all answers of its process so far
/// @param answers         what was asked and answered; null if it was not kept
public record PastPreview(
        long globalStep,
        Instant at,
        @Nullable String file,
        double accuracyPercent,
        @Nullable Answers answers) {
    /// What was asked and answered.
    ///
    /// @param systemPrompt the row's system message, if it has one
    public record Answers(
            @Nullable String systemPrompt, String prompt, String golden, String answer, boolean matches) {}
}
