package dev.stepwell.app.logging;

import dev.stepwell.app.files.RotatingFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Writes the log to a file that is rotated.
///
/// The JDK's own `FileHandler` cannot keep a fixed name for the newest file while it rotates, and leaves `.lck` files.
/// A disk that is full loses log lines, never the program: the first failure is reported to standard error by the
/// [ErrorManager], the rest are silent.
final class RotatingFileHandler extends Handler {
    private final RotatingFile file;

    /// @param folder   has to be there
    /// @param name     of the file in it
    /// @param maxBytes size at which the file is rotated; one entry may exceed it
    /// @param kept     rotated files kept, at least 1
    /// @throws IOException if the file cannot be opened for appending
    RotatingFileHandler(Path folder, String name, long maxBytes, int kept) throws IOException {
        file = new RotatingFile(folder, folder.resolve(name), maxBytes, kept);
        file.open();
        setFormatter(new OneLineFormatter());
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        try {
            file.append(getFormatter().format(entry).getBytes(StandardCharsets.UTF_8));
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
            file.close();
        } catch (IOException e) {
            reportError("the log cannot be closed", e, ErrorManager.CLOSE_FAILURE);
        }
    }
}
