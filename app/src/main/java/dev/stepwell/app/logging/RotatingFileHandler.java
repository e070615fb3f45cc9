package dev.stepwell.app.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Appends to a file; when it is full it becomes `name.1`, the former `name.1` becomes `name.2`, and the oldest goes.
///
/// The JDK's own `FileHandler` cannot keep a fixed name for the newest file while it rotates, and leaves `.lck` files.
/// A disk that is full loses log lines, never the program: the first failure is reported to standard error by the
/// [ErrorManager], the rest are silent.
final class RotatingFileHandler extends Handler {
    private final Path file;
    private final long maxBytes;
    private final int kept;
    private OutputStream out;
    private long written;

    /// @param maxBytes size at which the file is rotated; one entry may exceed it
    /// @param kept     rotated files kept, at least 1
    /// @throws IOException if the file cannot be opened for appending
    RotatingFileHandler(Path file, long maxBytes, int kept) throws IOException {
        this.file = file;
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.out = open();
        setFormatter(new OneLineFormatter());
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
        try {
            if (written > 0 && written + line.length > maxBytes) {
                rotate();
            }
            out.write(line);
            written += line.length;
        } catch (IOException e) {
            reportError("the log cannot be written", e, ErrorManager.WRITE_FAILURE);
        }
    }

    /// Nothing is buffered.
    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            reportError("the log cannot be closed", e, ErrorManager.CLOSE_FAILURE);
        }
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        written = Files.size(file);
        return opened;
    }

    private void rotate() throws IOException {
        out.close();
        for (int i = kept - 1; i >= 1; i--) {
            if (Files.exists(numbered(i))) {
                Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        out = open();
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
