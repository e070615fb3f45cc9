package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy that is being written into the inbox, under a name that nobody takes.
///
/// ```
///  .add-<uuid>.lock   empty; locked by the writer from before the copy is begun until after it is gone
///  .add-<uuid>.tmp    the copy
/// ```
///
/// The operating system gives a lock back when its process ends, however it ends. So what can be locked was left
/// by a process that died, and may be removed, by whoever holds the lock meanwhile. A copy whose writer lives is
/// never removed, however slow it is. It is not the copy itself that is locked, because every other use of a file
/// (setting its time, say) gives up the locks that its process has on it.
final class UnfinishedCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UnfinishedCopy.class);
    private static final Pattern LOCK = Pattern.compile("(\\.add-[0-9a-f-]{36})\\.lock");
    private static final String COPY = ".tmp";

    private final Path file;
    private final Path lock;
    private final FileChannel locked;

    private UnfinishedCopy(Path file, Path lock, FileChannel locked) {
        this.file = file;
        this.lock = lock;
        this.locked = locked;
    }

    /// Writes a copy of `source` into `folder` and flushes it. It has the time of the original, so that an old
    /// file has settled at once, and its permissions, but that its owner may always read and write it.
    ///
    /// @throws IOException if `source` cannot be read or the copy not be written; nothing is left of it then
    static UnfinishedCopy of(Path source, Path folder) throws IOException {
        UnfinishedCopy copy = begin(folder);
        try {
            Files.copy(source, copy.file);
            Files.setLastModifiedTime(copy.file, Files.getLastModifiedTime(source));
            allowOwner(copy.file);
            AtomicFiles.sync(copy.file);
            return copy;
        } catch (IOException | RuntimeException e) {
            try (copy) {
                throw e;
            }
        }
    }

    /// Writes what `content` has into `folder` and flushes it.
    ///
    /// @param maxBytes how much that may be
    /// @throws TooLargeException if it is more; nothing is left of it then
    /// @throws IOException if it cannot be read or not be written; likewise
    static UnfinishedCopy of(InputStream content, long maxBytes, Path folder) throws IOException, TooLargeException {
        UnfinishedCopy copy = begin(folder);
        try {
            try (OutputStream out = Files.newOutputStream(copy.file, StandardOpenOption.CREATE_NEW)) {
                byte[] buffer = new byte[64 << 10];
                long written = 0;
                for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                    written += n;
                    if (written > maxBytes) {
                        throw new TooLargeException(maxBytes);
                    }
                    out.write(buffer, 0, n);
                }
            }
            AtomicFiles.sync(copy.file);
            return copy;
        } catch (IOException | RuntimeException | TooLargeException e) {
            try (copy) {
                throw e;
            }
        }
    }

    private static UnfinishedCopy begin(Path folder) throws IOException {
        while (true) {
            String name = ".add-" + UUID.randomUUID();
            Path lock = folder.resolve(name + ".lock");
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            UnfinishedCopy copy = new UnfinishedCopy(folder.resolve(name + COPY), lock, channel);
            try {
                channel.lock();
            } catch (IOException _) { // Where there are no locks, nobody else has one either, and nothing is removed.
                LOG.debug("{} cannot be locked", lock);
            }
            if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
                return copy;
            }
            copy.close(); // It was taken for abandoned before it was locked.
        }
    }

    private static void allowOwner(Path copy) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(copy, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            permissions.add(PosixFilePermission.OWNER_READ);
            permissions.add(PosixFilePermission.OWNER_WRITE);
            view.setPermissions(permissions);
        }
    }

    /// Where it is.
    Path file() {
        return file;
    }

    /// Removes it, unless it was moved away.
    @Override
    public void close() throws IOException {
        try (locked) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(lock);
        }
    }

    /// Copies in `folder` that were left by processes which are not alive any more. Changes nothing.
    ///
    /// @throws IOException if it cannot be read
    static List<Path> abandoned(Path folder) throws IOException {
        List<Path> abandoned = new ArrayList<>();
        for (Path entry : Files.isDirectory(folder) ? Trees.list(folder) : List.<Path>of()) {
            Matcher name = LOCK.matcher(entry.getFileName().toString());
            if (name.matches()) {
                try (FileChannel left = lockAbandoned(entry)) {
                    if (left != null) {
                        abandoned.add(folder.resolve(name.group(1) + COPY));
                    }
                }
            }
        }
        return abandoned;
    }

    /// Removes what [#abandoned] gave, if it is still so.
    ///
    /// @throws IOException if it cannot be removed
    static void remove(Path abandoned) throws IOException {
        String name = abandoned.getFileName().toString();
        Path lock = abandoned.resolveSibling(name.substring(0, name.length() - COPY.length()) + ".lock");
        FileChannel left = lockAbandoned(lock);
        if (left != null) {
            new UnfinishedCopy(abandoned, lock, left).close();
        }
    }

    /// @return `lock`, opened and locked; null if it cannot be, so that its writer may be alive
    private static @Nullable FileChannel lockAbandoned(Path lock) throws IOException {
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) { // Done meanwhile, or another user's.
            return null;
        }
        boolean locked = false;
        try {
            // A shared lock is enough to keep its writer out, and can be had on what may not be written.
            locked = channel.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (IOException | OverlappingFileLockException _) { // No locks there, or a writer in this very process.
            LOG.debug("{} cannot be locked", lock);
        }
        if (!locked) {
            channel.close();
            return null;
        }
        return channel;
    }
}
