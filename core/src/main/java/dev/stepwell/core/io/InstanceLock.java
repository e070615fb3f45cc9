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
import java.util.Optional;
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
        Path file = base.run().resolve("daemon.lock");
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

    /// Who holds the lock of `base`, in words, without taking it; empty if nobody does. Not to be asked by the
    /// holder.
    ///
    /// @throws IOException if the lock file cannot be read
    public static Optional<String> holder(BaseDirectory base) throws IOException {
        Path file = base.run().resolve("daemon.lock");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // A shared lock is enough to see an exclusive one, and can be had on a file that cannot be written.
            FileLock free = channel.tryLock(LOCKED_BYTE, 1, true);
            return free == null ? Optional.of(read(channel)) : Optional.empty();
        } catch (OverlappingFileLockException _) {
            return Optional.of("this process");
        }
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
