package dev.stepwell.app.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Appends to a file; when it is full it becomes `name.1`, the former `name.1` becomes `name.2`, and the oldest goes.
/// A file that is moved away or deleted is begun anew. For one thread at a time.
public final class RotatingFile implements Closeable {
    private final Path root;
    private final Path file;
    private final long maxBytes;
    private final int kept;
    private @Nullable AppendFile open;

    /// @param root     a folder above `file` that has to be there
    /// @param maxBytes size at which the file is rotated; one record may exceed it
    /// @param kept     rotated files kept, at least 1
    public RotatingFile(Path root, Path file, long maxBytes, int kept) {
        this.root = root;
        this.file = file;
        this.maxBytes = maxBytes;
        this.kept = kept;
    }

    /// Opens the file if it is not open, so that it shows whether it can be written.
    ///
    /// @throws IOException if it cannot
    public void open() throws IOException {
        opened();
    }

    /// Writes `bytes`, all or nothing.
    ///
    /// @throws IOException if that is not possible; it may be tried again
    public void append(byte[] bytes) throws IOException {
        AppendFile current = opened();
        if (current.size() > 0 && current.size() + bytes.length > maxBytes) {
            rotate();
            current = opened();
        }
        current.append(bytes);
    }

    @Override
    public void close() throws IOException {
        try (AppendFile _ = open) {
            open = null;
        }
    }

    private AppendFile opened() throws IOException {
        AppendFile current = open;
        if (current != null && Files.exists(file)) {
            return current;
        }
        close();
        current = AppendFile.open(root, file);
        open = current;
        return current;
    }

    private void rotate() throws IOException {
        close();
        for (int i = kept - 1; i >= 1; i--) {
            if (Files.exists(numbered(i))) {
                Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
