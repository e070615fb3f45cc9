package dev.stepwell.data;

import dev.stepwell.core.training.FilePreparer;
import dev.stepwell.data.rows.HoldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A reader that has one file read before it is asked for it.
///
/// One thread prepares, another reads. A file that is still being prepared when it is asked for is waited for. One
/// that is large is not prepared, so that of two files that stand in memory one is small.
///
/// From the first file on that is read, preparing gives way to training: after each stretch of work it rests for some
/// times as long, so that the steps meanwhile are hardly longer than others, until the file is asked for.
public final class ReadAhead implements DataReader, FilePreparer {
    /// Bytes of the largest file that is prepared.
    private static final long MAX_BYTES = 64L << 20;

    private static final long ASK_GATE_MILLIS = 20;
    /// Time of rest for each time of work.
    private static final int REST = 4;

    private final DataReader reader;
    private final HoldOut holdOut;
    private final AtomicReference<@Nullable Reading> ahead = new AtomicReference<>();
    private volatile boolean othersWork;

    private record Reading(
            Path file, HoldOut holdOut, Look look, Turns turns, FutureTask<@Nullable TrainingData> data) {}

    /// The gate of a file that is being prepared by the thread that makes this.
    private static final class Turns implements Gate<RuntimeException> {
        private final boolean givesWay;
        private final CountDownLatch askedFor = new CountDownLatch(1);
        private long since = System.nanoTime();

        Turns(boolean givesWay) {
            this.givesWay = givesWay;
        }

        @Override
        public boolean opens() {
            try {
                if (givesWay) {
                    long worked = System.nanoTime() - since;
                    boolean _ = askedFor.await(worked * REST, TimeUnit.NANOSECONDS);
                    since = System.nanoTime();
                }
                return !Thread.currentThread().isInterrupted();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void hurry() {
            askedFor.countDown();
        }
    }

    /// By what a file is known to be the one that was read.
    private record Look(
            long bytes, FileTime modified, @Nullable Object key) {
        static Look at(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /// @param reader  by which files are read, ahead or not
    /// @param holdOut which rows of those that are read ahead are not to be trained
    public ReadAhead(DataReader reader, HoldOut holdOut) {
        this.reader = reader;
        this.holdOut = holdOut;
    }

    @Override
    public void prepare(Path file) {
        Reading current = ahead.get();
        if (current != null && current.file.equals(file)) {
            return;
        }
        Look look;
        try {
            look = Look.at(file);
        } catch (IOException _) {
            return; // Whoever reads it names the fault.
        }
        if (look.bytes > MAX_BYTES) {
            return;
        }
        Turns turns = new Turns(othersWork);
        Reading next =
                new Reading(file, holdOut, look, turns, new FutureTask<>(() -> reader.read(file, holdOut, turns)));
        ahead.set(next);
        next.data.run();
    }

    @Override
    public TrainingData read(Path file) throws IOException {
        Reading prepared = taken(file, HoldOut.NONE);
        TrainingData data = prepared == null ? null : awaited(prepared, Gate.OPEN);
        return data == null ? reader.read(file) : data;
    }

    @Override
    public @Nullable TrainingData read(Path file, HoldOut asked, Gate<RuntimeException> gate) throws IOException {
        Reading prepared = taken(file, asked);
        if (prepared != null) {
            TrainingData data = awaited(prepared, gate);
            if (data != null || !gate.opens()) {
                return data;
            }
        }
        return reader.read(file, asked, gate);
    }

    /// @return null if it is not prepared, or not any more as it was then, or other rows were held out of it
    /// @throws IOException if the file is gone
    private @Nullable Reading taken(Path file, HoldOut asked) throws IOException {
        othersWork = true;
        Reading reading = ahead.get();
        if (reading == null || !reading.file.equals(file) || !ahead.compareAndSet(reading, null)) {
            return null;
        }
        reading.turns.hurry();
        return reading.holdOut.equals(asked) && reading.look.equals(Look.at(file)) ? reading : null;
    }

    /// @return null if it was not read to its end, or the gate did not open
    private static @Nullable TrainingData awaited(Reading reading, Gate<RuntimeException> gate) {
        while (gate.opens()) {
            if (isDone(reading)) {
                // Read again by the caller's thread, what failed fails again, or the fault has passed.
                return reading.data.state() == Future.State.SUCCESS ? reading.data.resultNow() : null;
            }
        }
        return null;
    }

    /// Waits a moment for it; not at all where the thread is to end.
    private static boolean isDone(Reading reading) {
        try {
            reading.data.get(ASK_GATE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
