package dev.stepwell.core.status;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the status file true, on a thread of its own, and offers the newest [StatusSnapshot] to everyone else.
///
/// Every transition is written, in order; steps at most ten times a second; a heartbeat when nothing happens. A file
/// that cannot be written stops neither this thread nor training: see [#lastError()].
///
/// **Concurrency.** All state but some volatile slots belongs to the thread `status`. It parks until the next thing is
/// due; transitions and new counts unpark it, steps never do.
public final class StatusPublisher implements AutoCloseable {
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final StatusFeed feed;
    private final Outage outage;
    private final Duration heartbeat;
    private final InstantSource clock;
    private final Thread thread;
    private final Queue<CountDownLatch> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;
    private volatile Watcher watcher = (_, _) -> {};
    private volatile Recorder recorder = Recorder.NOBODY;

    /// Somebody who wants to know of every document.
    @FunctionalInterface
    public interface Watcher {
        /// A document is the newest, in order of `seq`, whether or not the file can be written. Called on the status
        /// thread: what this takes, all who read the status wait for.
        ///
        /// @param transition whether it tells of a change of state
        void published(StatusDocument document, boolean transition);

        /// Both are told, this before `next`.
        default Watcher then(Watcher next) {
            return (document, transition) -> {
                published(document, transition);
                next.published(document, transition);
            };
        }
    }

    /// Publishes with the system's clocks and a heartbeat each second, and no alerts but those that are raised on the
    /// board.
    ///
    /// @param file the status file; its folder is made again if it vanishes
    public StatusPublisher(StatusBoard board, ProcessIdentity process, Limits limits, Path file) {
        this(board, process, limits, file, Lookout.NOBODY);
    }

    /// The same, with the alerts that `lookout` finds.
    public StatusPublisher(StatusBoard board, ProcessIdentity process, Limits limits, Path file, Lookout lookout) {
        this(board, process, limits, file, lookout, InstantSource.system(), System::nanoTime, DEFAULT_HEARTBEAT);
    }

    /// @param clock     tells the times in the file
    /// @param nanoTime  measures intervals, in nanoseconds
    /// @param heartbeat how often the file is written when nothing changes; positive
    /// @throws IllegalArgumentException if `heartbeat` is not positive
    public StatusPublisher(
            StatusBoard board,
            ProcessIdentity process,
            Limits limits,
            Path file,
            Lookout lookout,
            InstantSource clock,
            LongSupplier nanoTime,
            Duration heartbeat) {
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("heartbeat interval: " + heartbeat);
        }
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.heartbeat = heartbeat;
        outage = new Outage(file);
        feed = new StatusFeed(
                board,
                new SnapshotAssembler(process, limits, board.steps(), new Recording(() -> recorder), lookout),
                clock,
                heartbeat,
                new StatusFeed.Sink() {
                    @Override
                    public void tell(StatusDocument document, boolean transition) {
                        watcher.published(document, transition);
                    }

                    @Override
                    public void write(StatusDocument document, boolean transition) throws IOException {
                        replace(file, document, transition);
                    }
                },
                outage,
                new SamplePace(ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime),
                nanoTime.getAsLong());
        thread = Thread.ofPlatform().daemon().name("status").unstarted(this::run);
        board.onChange(() -> LockSupport.unpark(thread));
        thread.start();
    }

    /// The newest snapshot, behind the training thread by no more than [SamplePace] allows.
    public StatusSnapshot latest() {
        return feed.latest();
    }

    /// The newest snapshot as the document that is in the file, or will be.
    public StatusDocument document() {
        return StatusDocument.of(latest(), clock.instant(), heartbeat);
    }

    /// Tells `watcher` of every document from now on, instead of whom it told before.
    public void watch(Watcher watcher) {
        this.watcher = watcher;
    }

    /// Tells `newRecorder` of all that is measured from now on, instead of whom it told before.
    public void record(Recorder newRecorder) {
        recorder = newRecorder;
    }

    /// Why the status file cannot be written at present; null while it can.
    public @Nullable Exception lastError() {
        return outage.error();
    }

    /// Waits until everybody has been told of all that had changed before the call, and until that is written where
    /// it can be: who closes a way to the watchers lets the last news pass first. Not for the status thread.
    ///
    /// @param patience for a disk that hangs
    /// @return whether it came to that in time
    public boolean awaitTold(Duration patience) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        waiting.add(told);
        LockSupport.unpark(thread);
        return told.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Writes what is pending and ends the thread. Waits at most ten seconds for a disk that hangs.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("The last status could not be written within {}: the disk hangs.", CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closing) {
            // Who asks while this is done may ask for news that it does not see any more, and is next.
            int askedBefore = waiting.size();
            long untilNext = tick();
            release(askedBefore);
            if (waiting.isEmpty()) { // Else a lock on the way has taken what was to wake this thread.
                LockSupport.parkNanos(this, untilNext);
            }
        }
        feed.flush(nanoTime.getAsLong());
        release(waiting.size());
    }

    private void release(int count) {
        for (int i = 0; i < count; i++) {
            waiting.remove().countDown();
        }
    }

    private long tick() {
        try {
            return feed.tick(nanoTime.getAsLong());
        } catch (RuntimeException e) {
            // A mistake of ours must not end the thread: readers would take a daemon that trains for gone.
            outage.began(e);
            return heartbeat.toNanos();
        }
    }

    private static void replace(Path file, StatusDocument document, boolean transition) throws IOException {
        byte[] json = StatusJson.write(document);
        try {
            replace(file, json, transition);
        } catch (NoSuchFileException e) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || Files.exists(folder)) {
                throw e;
            }
            // Only the folder itself: where all of the base directory is gone, a disk was unmounted.
            Files.createDirectory(folder);
            replace(file, json, transition);
        }
    }

    /// A change of state survives a loss of power. A step's news is old in a moment, and flushing it would take time
    /// from the threads that compute.
    private static void replace(Path file, byte[] json, boolean transition) throws IOException {
        if (transition) {
            AtomicFiles.write(file, json);
        } else {
            AtomicFiles.replaceUnflushed(file, json);
        }
    }
}
