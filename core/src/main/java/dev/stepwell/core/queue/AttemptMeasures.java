package dev.stepwell.core.queue;

import dev.stepwell.core.training.TokenCount;
import org.jspecify.annotations.Nullable;

/// What was measured while an attempt ran.
///
/// @param baseStep  global step of the weights from which the file started
/// @param firstLoss loss of the attempt's first step, in nats; null if it was not finite or not seen
/// @param lastLoss  loss of its newest step; likewise
/// @param epochs    passes over the file that were begun; null if no step was seen
/// @param tokens    what one pass computes; null if nothing was left to be trained by this process
public record AttemptMeasures(
        long baseStep,
        @Nullable Double firstLoss,
        @Nullable Double lastLoss,
        @Nullable Integer epochs,
        @Nullable TokenCount tokens) {
    /// What is remembered of an attempt when its process has ended.
    public AttemptMeasures(
            long baseStep, @Nullable Double firstLoss, @Nullable Double lastLoss, @Nullable Integer epochs) {
        this(baseStep, firstLoss, lastLoss, epochs, null);
    }
}
