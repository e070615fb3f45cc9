package dev.stepwell.core.status;

import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/// The last steps of this process, for those who need every step and not only the newest (histories, ETA).
///
/// A ring, written by the training thread and read by others. The writer never waits: a reader that falls more than
/// the capacity behind misses steps and is told how many. Entries are immutable, so none can be read half written.
public final class StepLog {
    private final AtomicReferenceArray<Entry> ring;

    /// @param capacity steps kept; a power of two
    public StepLog(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }
        ring = new AtomicReferenceArray<>(capacity);
    }

    /// A step with its place among the steps of this process.
    ///
    /// @param index from 0
    record Entry(long index, StepCompleted step) {}

    void append(long index, StepCompleted step) {
        ring.setRelease((int) (index & (ring.length() - 1)), new Entry(index, step));
    }

    /// Hands the steps `from` (inclusive) to `to` (exclusive) to `reader`, in order, as far as they are still kept.
    ///
    /// @return how many of them were overwritten before they could be read
    public long read(long from, long to, Consumer<StepCompleted> reader) {
        long missed = 0;
        for (long i = from; i < to; i++) {
            Entry entry = ring.getAcquire((int) (i & (ring.length() - 1)));
            if (entry != null && entry.index() == i) {
                reader.accept(entry.step());
            } else {
                missed++;
            }
        }
        return missed;
    }
}
