package dev.stepwell.core.queue;

import java.time.Instant;

/// A file whose turn has come, with its attempt.
///
/// @param file      the file; its state is [FileState#TRAINING]
/// @param attemptId the attempt's identity
/// @param number    N: how many attempts began in this drain, this one included
/// @param resumed   whether the attempt began earlier and goes on now; N is then the same as before
/// @param earlier   what was measured before, where the attempt was interrupted; for a new one, its base step alone
/// @param beganAt   when the attempt began
/// @param deaths    how often the process died in it since it got somewhere
/// @param deadly    whether that is so often that it is not to be tried again as it is
/// @param counts    what waits after this file left the queue
public record Claim(
        QueuedFile file,
        long attemptId,
        int number,
        boolean resumed,
        AttemptMeasures earlier,
        Instant beganAt,
        int deaths,
        boolean deadly,
        QueueCounts counts) {

    /// M: this file, those before it in this drain, and those that wait.
    public int queueSize() {
        return number + counts.waitingFiles();
    }
}
