package dev.stepwell.core.history;

import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt at a file, and what is left of it in the weights.
///
/// @param endedAt  when it ended or was interrupted; null if it has not, or its process was killed
/// @param end      how; null likewise
/// @param lostFrom first global step of it that the weights do not contain any more; null if they contain all that it
///                 left
public record AttemptHistory(
        FileAttempt attempt,
        @Nullable Instant endedAt,
        @Nullable AttemptEnd end,
        @Nullable Long lostFrom) {

    /// Steps of the file, those of earlier attempts too, that the weights contain now; null if that is not known yet.
    public @Nullable Long stepsKept() {
        if (end == null || end.step() == null) {
            return null;
        }
        long last = lostFrom == null ? end.step() : lostFrom - 1;
        return Math.max(0, last - attempt.baseStep());
    }
}
