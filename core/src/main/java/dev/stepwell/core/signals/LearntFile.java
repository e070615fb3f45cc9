package dev.stepwell.core.signals;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Score;
import org.jspecify.annotations.Nullable;

/// What the model knows of a file that it has learnt, and what it knew of it at its best, in this process.
///
/// @param fileId   its id in the queue
/// @param name     as the user dropped it
/// @param answered its best evaluation by the share of right answers, the first of equals; null if none could
///                 be judged
/// @param lowest   the one with the lowest cross-entropy; null if none was finite
/// @param newest   the newest
public record LearntFile(
        long fileId,
        String name,
        @Nullable Evaluation answered,
        @Nullable Evaluation lowest,
        Evaluation newest) {

    static LearntFile of(long fileId, String name, Evaluation first) {
        return new LearntFile(fileId, name, null, null, first).with(first);
    }

    /// The same, asked once more.
    LearntFile with(Evaluation evaluation) {
        Double share = evaluation.score().exactMatch();
        Double best = answered == null ? null : answered.score().exactMatch();
        boolean better = share != null && (best == null || share > best);
        double entropy = evaluation.score().crossEntropy();
        Score least = lowest == null ? null : lowest.score();
        boolean lower = Double.isFinite(entropy) && (least == null || entropy < least.crossEntropy());
        return new LearntFile(fileId, name, better ? evaluation : answered, lower ? evaluation : lowest, evaluation);
    }
}
