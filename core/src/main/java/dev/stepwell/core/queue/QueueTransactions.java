package dev.stepwell.core.queue;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// The one connection and the one lock of a [QueueStore], and the counts of what waits, which change with it.
///
/// The counts are kept beside the database, so that no change costs a count of the whole queue. They are handed
/// out inside the lock with a growing revision: whoever gets two can tell which is later.
final class QueueTransactions implements AutoCloseable {
    private final Object lock = new Object();
    private final Handle handle;
    private QueueCounts counts;
    private Consumer<QueueCounts> listener = c -> {};

    /// @param counts what waits now
    QueueTransactions(Handle handle, QueueCounts counts) {
        this.handle = handle;
        this.counts = counts;
    }

    void onChange(Consumer<QueueCounts> newListener) {
        synchronized (lock) {
            listener = newListener;
        }
    }

    QueueCounts counts() {
        synchronized (lock) {
            return counts;
        }
    }

    /// Does `work` under the lock. What it calls of this class is part of it.
    <T> T exclusively(Supplier<T> work) {
        synchronized (lock) {
            return work.get();
        }
    }

    /// Changes something that does not wait, in one transaction.
    <T> T write(Supplier<T> work) {
        synchronized (lock) {
            return handle.inTransaction(_ -> work.get());
        }
    }

    /// Changes the queue in one transaction, and then tells what waits.
    ///
    /// @param change does it, and says by how much more waits then
    void change(Supplier<Waiting> change) {
        synchronized (lock) {
            counts = after(handle.inTransaction(_ -> change.get()));
            listener.accept(counts);
        }
    }

    /// A change after which as many files wait as before.
    void changeRest(Runnable change) {
        change(() -> {
            change.run();
            return Waiting.NONE;
        });
    }

    /// Takes over counts that somebody else is told.
    void counted(QueueCounts now) {
        synchronized (lock) {
            counts = now;
        }
    }

    /// The next counts, with `more` waiting.
    QueueCounts after(Waiting more) {
        synchronized (lock) {
            return new QueueCounts(
                    counts.revision() + 1,
                    counts.waitingFiles() + more.files(),
                    counts.waitingSteps() + more.steps(),
                    counts.waitingBytes() + more.bytes(),
                    counts.waitingTokens() + more.tokens(),
                    counts.sampledBytes() + more.sampledBytes(),
                    counts.heldCopies() + more.copies());
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            handle.close();
        }
    }
}
