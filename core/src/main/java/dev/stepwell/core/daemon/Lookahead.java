package dev.stepwell.core.daemon;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.training.FilePreparer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Has the file that comes next made ready while something else goes on, on a thread of its own.
///
/// Rests between a claim and the moment at which the claimed file is in training, because what was prepared for that
/// file must not make room for the next one before it is used.
final class Lookahead implements AutoCloseable {
    private final BaseDirectory base;
    private final QueueStore store;
    private final FilePreparer preparer;
    private final Bell bell = new Bell();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("look-ahead").factory());
    private volatile @Nullable Future<?> looking;
    private volatile boolean resting;

    Lookahead(BaseDirectory base, QueueStore store, FilePreparer preparer) {
        this.base = base;
        this.store = store;
        this.preparer = preparer;
    }

    /// Begins, with a look.
    void start() {
        bell.ring();
        looking = executor.submit(this::run);
    }

    /// Another file may be the next one. From any thread; never blocks.
    void look() {
        bell.ring();
    }

    /// A file is claimed.
    void rest() {
        resting = true;
    }

    /// The claimed file does not need any more what was prepared for it.
    void goOn() {
        resting = false;
        bell.ring();
    }

    /// Fails if no file is prepared any more.
    ///
    /// @throws IllegalStateException if the queue could not be read
    void check() {
        Future<?> task = looking;
        if (task != null && task.state() == Future.State.FAILED) {
            Throwable e = task.exceptionNow();
            throw new IllegalStateException("the next file cannot be looked up: " + e.getMessage(), e);
        }
    }

    private void run() {
        try {
            while (true) {
                bell.await(Optional.empty());
                if (!resting) {
                    store.upNext().ifPresent(file -> preparer.prepare(file.path(base)));
                }
            }
        } catch (InterruptedException _) { // By close().
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until nothing is being prepared.
    @Override
    public void close() {
        executor.shutdownNow();
        executor.close();
    }
}
