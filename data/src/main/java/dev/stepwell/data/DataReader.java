package dev.stepwell.data;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a file of rows and tokenizes it.
@FunctionalInterface
public interface DataReader {
    /// Reads `file` to its end. Bad rows are in the ledger, not an exception.
    ///
    /// @throws IOException if the file cannot be read
    TrainingData read(Path file) throws IOException;

    /// The same, but asks `gate` now and then. Here, for readers that are done in a moment, it does not.
    ///
    /// @return null if the gate did not open
    /// @throws IOException if the file cannot be read
    default @Nullable TrainingData read(Path file, Gate<RuntimeException> gate) throws IOException {
        return read(file);
    }
}
