package dev.stepwell.torch.evaluation;

import dev.stepwell.data.HeldOutRows;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.ValidationSet;
import dev.stepwell.data.judge.Judges;
import org.jspecify.annotations.Nullable;

/// What the model is asked, besides previews, and how long that may take.
///
/// @param validation the validation set, with what is held out of files; null for none
/// @param heldOut    where rows are put that are held out of files; null for nowhere
/// @param kept       where rows of files are kept that were trained to their end; null for nowhere
/// @param keptRows   how many rows of each
/// @param judges     of answers, those of previews among them
/// @param share      of training time that evaluations may take, 0 to 1
/// @param maxTokens  after which an answer is cut off
public record EvaluationConfig(
        @Nullable ValidationSet validation,
        @Nullable HeldOutRows heldOut,
        @Nullable KeptRows kept,
        int keptRows,
        Judges judges,
        double share,
        int maxTokens) {
    /// Nothing is asked but previews, whose answers have to be exact.
    public static final EvaluationConfig NONE = new EvaluationConfig(null, null, null, 0, Judges.EXACT, 0, 1);

    /// @throws IllegalArgumentException if the share is none
    public EvaluationConfig {
        if (!(share >= 0 && share <= 1) || keptRows < 0) {
            throw new IllegalArgumentException("a share of %s, %d rows kept".formatted(share, keptRows));
        }
    }
}
