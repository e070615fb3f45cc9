package dev.stepwell.core.queue;

/// What waits and what is held, as it stood after one change of the queue.
///
/// @param revision     grows by one with every change, so that of two counts the later one can be told
/// @param waitingFiles files that wait for their turn
/// @param waitingSteps optimizer steps they will take
/// @param waitingBytes their size
/// @param heldCopies   files that are held because their bytes are those of another
public record QueueCounts(long revision, int waitingFiles, long waitingSteps, long waitingBytes, int heldCopies) {
    public static final QueueCounts NONE = new QueueCounts(0, 0, 0, 0);

    /// With no copy held.
    public QueueCounts(long revision, int waitingFiles, long waitingSteps, long waitingBytes) {
        this(revision, waitingFiles, waitingSteps, waitingBytes, 0);
    }
}
