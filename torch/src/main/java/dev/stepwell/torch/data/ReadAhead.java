package dev.stepwell.torch.data;

import dev.stepwell.core.training.FilePreparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A reader that has one file read before it is asked for it.
///
/// One thread prepares, another reads. A file that is still being prepared when it is asked for is waited for. One
/// that is large is not prepared, so that of two files that stand in memory one is small.
public final class ReadAhead implements DataReader, FilePreparer {
    /// Bytes of the largest file that is prepared.
    private static final long MAX_BYTES = 64L << 20;

    private static final long ASK_GATE_MILLIS = 20;

    private final DataReader reader;
    private final AtomicReference<@Nullable Reading> ahead = new AtomicReference<>();

    private record Reading(Path file, FutureTask<@Nullable TrainingData> data) {}

    /// @param reader by which files are read, ahead or not
    public ReadAhead(DataReader reader) {
        this.reader = reader;
    }

    @Override
    public void prepare(Path file) {
        Reading current = ahead.get();
        if ((current != null && current.file.equals(file)) || isLarge(file)) {
            return;
        }
        Gate<RuntimeException> gate = () -> !Thread.currentThread().isInterrupted();
        Reading next = new Reading(file, new FutureTask<>(() -> reader.read(file, gate)));
        ahead.set(next);
        next.data.run();
    }

    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) > MAX_BYTES;
        } catch (IOException _) {
            return true; // It cannot be read either, and whoever reads it says so.
        }
    }

    @Override
    public TrainingData read(Path file) throws IOException {
        Reading prepared = taken(file);
        TrainingData data = prepared == null ? null : awaited(prepared, Gate.OPEN);
        return data == null ? reader.read(file) : data;
    }

    @Override
    public @Nullable TrainingData read(Path file, Gate<RuntimeException> gate) throws IOException {
        Reading prepared = taken(file);
        if (prepared != null) {
            TrainingData data = awaited(prepared, gate);
            if (data != null || !gate.opens()) {
                return data;
            }
        }
        return reader.read(file, gate);
    }

    private @Nullable Reading taken(Path file) {
        Reading reading = ahead.get();
        return reading != null && reading.file.equals(file) && ahead.compareAndSet(reading, null) ? reading : null;
    }

    /// @return null if it was not read to its end, or the gate did not open
    private static @Nullable TrainingData awaited(Reading reading, Gate<RuntimeException> gate) {
        while (gate.opens()) {
            try {
                return reading.data.get(ASK_GATE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                continue;
            } catch (ExecutionException _) {
                return null; // Read again by the caller's thread, it fails again, or the fault has passed.
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
        return null;
    }
}
