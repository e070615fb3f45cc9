package dev.stepwell.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Sees to it that one daemon at a time lives in a base directory.
///
/// The operating system holds the lock for as long as the process lives, however it ends: nothing has to be cleaned
/// up after a crash. `run/daemon.lock` says in one line who holds it; the lock is on a byte far beyond that line, so
/// that the line can be read on systems where a locked range cannot.
///
/// A process must not try twice for the same directory: closing the file anywhere in a process gives up its lock.
public final class InstanceLock implements AutoCloseable {
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final FileChannel channel;
    private final FileLock lock;

    private InstanceLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the lock of `base`.
    ///
    /// @throws InstanceHeldException if another process has it, naming that process
    /// @throws IOException           if the lock file cannot be made
    public static InstanceLock acquire(BaseDirectory base, InstantSource clock) throws IOException {
        Path file = lockFile(base);
        Files.createDirectories(base.run());
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new InstanceHeldException(base.root(), read(channel));
            }
            channel.truncate(0);
            String holder =
                    "pid %d, started %s%n".formatted(ProcessHandle.current().pid(), clock.instant());
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new InstanceLock(channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether a daemon lives in `base`, by the lock alone. Not for the process that has the lock itself.
    public static boolean isHeld(BaseDirectory base) {
        try (FileChannel channel = FileChannel.open(lockFile(base), StandardOpenOption.READ)) {
            // Shared, so that those who only ask do not take each other for a daemon.
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, true);
            return lock == null;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (IOException _) { // No lock file, or none that may be read: then it is no daemon of ours.
            return false;
        }
    }

    private static Path lockFile(BaseDirectory base) {
        return base.run().resolve("daemon.lock");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException _) { // This very process has it.
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(256);
        channel.read(line, 0);
        String holder = new String(line.array(), 0, line.position(), StandardCharsets.UTF_8).strip();
        return holder.isEmpty() ? "a process that has just started" : holder;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}
