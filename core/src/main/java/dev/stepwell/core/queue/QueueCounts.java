package dev.stepwell.core.queue;

import dev.stepwell.core.progress.Backlog;

/// What waits and what is held, as it stood after one change of the queue.
///
/// @param revision      grows by one with every change, so that of two counts the later one can be told
/// @param waitingFiles  files that wait for their turn
/// @param waitingSteps  optimizer steps they will take
/// @param waitingBytes  their size
/// @param waitingTokens tokens they are expected to have, of those that were sampled
/// @param sampledBytes  size of those that were sampled
/// @param heldCopies    files that are held because their bytes are those of another
public record QueueCounts(
        long revision,
        int waitingFiles,
        long waitingSteps,
        long waitingBytes,
        long waitingTokens,
        long sampledBytes,
        int heldCopies) {
    public static final QueueCounts NONE = new QueueCounts(0, 0, 0, 0);

    /// Of files that were not sampled, with no copy held.
    public QueueCounts(long revision, int waitingFiles, long waitingSteps, long waitingBytes) {
        this(revision, waitingFiles, waitingSteps, waitingBytes, 0, 0, 0);
    }

    /// What waits, as work: files that were not sampled have as many tokens for their bytes as those that were.
    public Backlog backlog() {
        double tokens = sampledBytes == 0 ? 0 : (double) waitingTokens * waitingBytes / sampledBytes;
        return new Backlog(waitingFiles, waitingSteps, waitingBytes, Math.round(tokens));
    }
}
