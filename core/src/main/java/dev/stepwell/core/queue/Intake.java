package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.training.FileSurveyor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes files out of the inbox as they come, on a thread of its own.
///
/// A new file is noticed at once where the system can watch directories, and within `poll_interval` otherwise; it
/// is taken when it has settled ([SettledFiles]). What cannot be taken stays and is named in the log once. Where
/// the disk is full, everything stays where it is and is tried again every second until there is space. Any other
/// error that leaves no way to go on ends the thread and is thrown at whoever asks next.
public final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration RECHECK = Duration.ofMillis(100);
    private static final Duration SPACE_RECHECK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Inbox inbox;
    private final InboxWatcher watcher;
    private final Duration pollInterval;
    private final Thread thread =
            Thread.ofPlatform().name("intake").daemon(true).unstarted(this::run);
    private volatile boolean quiet;
    private volatile @Nullable Throwable failure;
    private volatile Runnable wake = () -> {};
    private volatile SpaceListener space = SpaceListener.NONE;
    private boolean outOfSpace;

    /// Is told, on the intake's thread, when it begins to wait for space and when it has found some. Must not
    /// block.
    public interface SpaceListener {
        SpaceListener NONE = new SpaceListener() {
            @Override
            public void outOfSpace(Exception refusal) {}

            @Override
            public void spaceFound() {}
        };

        /// Nothing is taken until there is space.
        ///
        /// @param refusal what the disk, or the database on it, said
        void outOfSpace(Exception refusal);

        /// Files are taken again.
        void spaceFound();
    }

    /// @param retirement   of files that are refused or skipped at the door
    /// @param pollInterval how often to look where nothing is noticed; positive
    public Intake(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            Retirement retirement,
            Duration pollInterval,
            InstantSource clock,
            FaultPoint.Observer faults) {
        Taking taking = new Taking(base, store, surveyor, retirement, faults);
        SettledFiles settled = new SettledFiles(new ArrivalGroups(store.newestArrivalGroup()));
        this.inbox = new Inbox(base.inbox(), taking, settled, clock);
        this.watcher = new InboxWatcher(base.inbox().getFileSystem());
        this.pollInterval = pollInterval;
    }

    /// Names what to call, from the intake's thread, when [#drained] or [#check] may answer otherwise than before.
    /// Must not block.
    public void onChange(Runnable newWake) {
        wake = newWake;
    }

    /// Names who is told of a full disk. To be called before [#start].
    public void onSpace(SpaceListener listener) {
        space = listener;
    }

    /// Begins to look.
    public void start() {
        thread.start();
    }

    /// Whether every file that was in the inbox when this was called, or earlier, has left it and can be claimed, or
    /// never will. To end with an empty queue, ask this first and the queue after it.
    ///
    /// @throws IOException if the inbox cannot be read
    public boolean drained() throws IOException {
        // In this order: what is no longer in the inbox is in nobody's hands only if the intake rests after that.
        return !inbox.holdsWork() && quiet;
    }

    /// Fails if no more files are taken.
    ///
    /// @throws IllegalStateException if the intake has ended by an error
    public void check() {
        Throwable e = failure;
        if (e != null) {
            throw new IllegalStateException("files are no longer taken from the inbox: " + e, e);
        }
    }

    private void run() {
        try {
            while (!watcher.isClosed()) {
                try {
                    rest(look());
                } catch (IOException | RuntimeException e) {
                    if (watcher.isClosed() || StorageFault.of(e).orElse(null) != StorageFault.NO_SPACE) {
                        throw e;
                    }
                    awaitSpace(e);
                }
            }
        } catch (InterruptedException e) {
            failure = e;
        } catch (IOException | RuntimeException | Error e) {
            if (!watcher.isClosed()) { // Else the database was closed under a look that nobody waits for.
                failure = e;
            }
        } finally {
            wake.run();
        }
    }

    /// @return whether the next look should come soon
    private boolean look() throws IOException {
        quiet = false;
        Inbox.Look look = inbox.look();
        boolean soon = watcher.watch(look.directories()) || look.unsettled();
        quiet = !look.unsettled();
        if (outOfSpace && (quiet || look.wrote())) { // Not where nothing was tried because nothing had settled.
            outOfSpace = false;
            LOG.info("there is space again, and files are taken from the inbox");
            space.spaceFound();
        }
        wake.run();
        return soon;
    }

    /// Waits a moment; the next look goes on with what this one began.
    private void awaitSpace(Exception refusal) throws InterruptedException {
        if (!outOfSpace) {
            outOfSpace = true;
            LOG.warn("the disk is full: no file is taken from the inbox until there is space: {}", refusal.toString());
            space.outOfSpace(refusal);
        }
        watcher.pause(SPACE_RECHECK);
    }

    private void rest(boolean briefly) throws InterruptedException {
        if (briefly) {
            watcher.pause(RECHECK);
        } else if (!watcher.await(pollInterval)) {
            inbox.retryStuck();
        }
    }

    /// Ends the thread. One that is counting a large file is not waited for: that file is counted at the next start.
    @Override
    public void close() {
        watcher.close();
        try {
            if (thread.isAlive() && !thread.join(PATIENCE)) {
                LOG.info("a file was still being counted; it is counted anew at the next start");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
