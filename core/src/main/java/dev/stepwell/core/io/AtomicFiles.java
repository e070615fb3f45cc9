package dev.stepwell.core.io;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Moves after which a reader, or a machine that lost power, sees the old thing or the new thing and nothing between.
public final class AtomicFiles {
    private AtomicFiles() {}

    /// Replaces `file` by `bytes`: written aside, flushed to disk, renamed over it, and the rename flushed too.
    ///
    /// @throws IOException if any of it fails; `file` is then as it was
    public static void write(Path file, byte[] bytes) throws IOException {
        Path aside = asideOf(file);
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        move(aside, file);
    }

    /// Replaces `file` by `bytes` for all who read it from now on, in a third of the time of [#write]: nothing is
    /// flushed, so that a machine that loses power may keep an older file, or lose it.
    ///
    /// @throws IOException if it fails; `file` is then as it was
    public static void replaceUnflushed(Path file, byte[] bytes) throws IOException {
        Path aside = asideOf(file);
        Files.write(aside, bytes);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Renames `from` to `to` on the same file system, replacing a file that is there, and flushes both directories.
    ///
    /// @throws IOException if the rename cannot be atomic or fails
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncDirectory(parentOf(to));
        if (!parentOf(from).equals(parentOf(to))) {
            syncDirectory(parentOf(from));
        }
    }

    /// Moves `from` to `to` on whichever file system: renamed where that is possible; otherwise copied aside,
    /// flushed, renamed, and only then removed from where it was. A crash leaves the file whole in one of the two
    /// places or in both.
    ///
    /// @throws IOException if `to` cannot be made, and then `from` is as it was, or if `from` cannot be removed
    public static void moveAcross(Path from, Path to) throws IOException {
        try {
            move(from, to);
        } catch (AtomicMoveNotSupportedException _) {
            Path aside = asideOf(to);
            try {
                Files.copy(
                        from,
                        aside,
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                sync(aside);
                move(aside, to);
            } finally {
                Files.deleteIfExists(aside); // Half a copy would fill the disk that had no room for a whole one.
            }
            Files.delete(from);
            syncDirectory(parentOf(from));
        }
    }

    /// Whether `name` is one that a write or move of this class leaves behind when it is cut short.
    public static boolean isAside(String name) {
        return name.startsWith(".") && name.endsWith(".tmp");
    }

    private static Path asideOf(Path file) {
        return parentOf(file).resolve("." + file.getFileName() + ".tmp");
    }

    /// Flushes the content of several files to disk, all at once: the file system then writes its journal once or twice
    /// and not for each of them.
    ///
    /// @throws IOException if one cannot be flushed
    public static void syncAll(List<Path> files) throws IOException {
        syncAll(files, () -> files);
    }

    /// What is worked out from files while they are being flushed.
    @FunctionalInterface
    public interface Meanwhile<T> {
        T get() throws IOException;
    }

    /// The same, while this thread does `meanwhile`, and waits for the disk only when it is through with that.
    ///
    /// @return what `meanwhile` returned; all files are on disk then
    /// @throws IOException if one cannot be flushed, or if `meanwhile` throws it
    public static <T> T syncAll(List<Path> files, Meanwhile<T> meanwhile) throws IOException {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("flush-", 1).factory())) {
            List<Future<Void>> flushes = new ArrayList<>();
            for (Path file : files) {
                flushes.add(threads.submit(() -> {
                    sync(file);
                    return null;
                }));
            }
            T result = meanwhile.get();
            for (Future<Void> flush : flushes) {
                flush.get();
            }
            return result;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while files were flushed");
        }
    }

    /// Flushes a file's content to disk.
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Flushes a directory's entries to disk. Does nothing on Windows, where a directory cannot be opened.
    public static void syncDirectory(Path directory) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
