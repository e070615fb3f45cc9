package dev.stepwell.app.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One kind of files to which measurements go. For one thread.
interface Sink extends Closeable {
    /// Type of the alert that stands while it cannot be written.
    String alertType();

    /// The file or folder.
    Path place();

    /// Writes what comes first in `batch`, and passes over what it has no use for.
    ///
    /// @param batch not empty
    /// @return how many are done with, at least one; the others are handed in again
    /// @throws IOException if none could be written; then nothing of it is in the file, and it is tried again later
    int write(List<Measured> batch) throws IOException;
}
