package dev.stepwell.torch.checkpoint;

import java.util.Objects;

/// One entry of `log_history` in `trainer_state.json`: a step and what was measured at it.
///
/// @param epoch        passes over the step's file at that step
/// @param gradNorm     before clipping
/// @param learningRate used by the step
/// @param loss         mean over the step's target tokens
/// @param step         global step
public record LogEntry(double epoch, double gradNorm, double learningRate, double loss, long step) {
    public LogEntry {
        if (!Double.isFinite(epoch + gradNorm + learningRate + loss)) {
            throw new IllegalArgumentException(
                    "JSON has no number for " + Objects.toString(loss) + ", " + Objects.toString(gradNorm));
        }
    }
}
