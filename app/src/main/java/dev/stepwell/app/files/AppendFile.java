package dev.stepwell.app.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that grows by whole records. Where a disk refuses half-way, what was written of the record is taken away
/// again, and the next one goes to where it began. Only a process that is killed leaves half a record, at the end.
///
/// For one thread at a time. Not a channel, which an interrupted thread would close.
public final class AppendFile implements Closeable {
    private static final int BLOCK = 1 << 16;

    private final RandomAccessFile file;
    private long size;

    private AppendFile(RandomAccessFile file, long size) {
        this.file = file;
        this.size = size;
    }

    /// Opens `path` to go on at its end; makes it, and the folders between `root` and it, where they are missing.
    ///
    /// @param root a folder that has to be there: where it is not, a disk was unmounted, and nothing is made
    /// @throws IOException if it cannot be opened
    public static AppendFile open(Path root, Path path) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            return new AppendFile(file, file.length());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /// Takes away what follows the last line break of `path`, which a killed process left. Nothing, if there is no
    /// such file.
    ///
    /// @throws IOException if it cannot be read or shortened
    public static void dropTornLine(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            byte[] block = new byte[BLOCK];
            long end = file.length();
            while (end > 0) {
                int count = (int) Math.min(BLOCK, end);
                file.seek(end - count);
                file.readFully(block, 0, count);
                int last = count - 1;
                while (last >= 0 && block[last] != '\n') {
                    last--;
                }
                end -= count;
                if (last >= 0) {
                    end += last + 1;
                    break;
                }
            }
            if (end < file.length()) {
                file.setLength(end);
            }
        }
    }

    /// How long it is, as far as this program knows.
    public long size() {
        return size;
    }

    /// Writes `bytes` at the end, all or nothing. A file that somebody else shortened goes on at its new end.
    ///
    /// @throws IOException if that is not possible; it may be tried again
    public void append(byte[] bytes) throws IOException {
        long end = Math.min(size, file.length());
        try {
            file.seek(end);
            file.write(bytes);
        } catch (IOException e) {
            shorten(end, e);
            throw e;
        }
        size = end + bytes.length;
    }

    private void shorten(long end, IOException cause) {
        try {
            file.setLength(end);
        } catch (IOException e) { // The next record is written over what stays.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
