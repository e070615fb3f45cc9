package dev.stepwell.core.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file whose turn has come, with its attempt.
///
/// @param file      the file; its state is [FileState#TRAINING]
/// @param attemptId the attempt's identity
/// @param number    N: how many attempts began in this drain, this one included
/// @param resumed   whether the attempt began earlier and goes on now; N is then the same as before
/// @param baseStep  global step of the weights from which the attempt began
/// @param firstLoss loss of the attempt's first step, where an earlier part of it is known to have measured it
/// @param beganAt   when the attempt began
/// @param counts    what waits after this file left the queue
public record Claim(
        QueuedFile file,
        long attemptId,
        int number,
        boolean resumed,
        long baseStep,
        @Nullable Double firstLoss,
        Instant beganAt,
        QueueCounts counts) {

    /// M: this file, those before it in this drain, and those that wait.
    public int queueSize() {
        return number + counts.waitingFiles();
    }
}
