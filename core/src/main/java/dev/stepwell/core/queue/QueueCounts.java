package dev.stepwell.core.queue;

/// What waits, as it stood after one change of the queue.
///
/// @param revision     grows by one with every change, so that of two counts the later one can be told
/// @param waitingFiles files that wait for their turn
/// @param waitingSteps optimizer steps they will take
/// @param waitingBytes their size
public record QueueCounts(long revision, int waitingFiles, long waitingSteps, long waitingBytes) {
    public static final QueueCounts NONE = new QueueCounts(0, 0, 0, 0);
}
