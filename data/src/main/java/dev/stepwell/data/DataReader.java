package dev.stepwell.data;

import dev.stepwell.data.rows.HoldOut;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a file of rows and tokenizes it.
@FunctionalInterface
public interface DataReader {
    /// Reads `file` to its end, and holds nothing out. Bad rows are in the ledger, not an exception.
    ///
    /// @throws IOException if the file cannot be read
    TrainingData read(Path file) throws IOException;

    /// The same, but holds rows out and asks `gate` now and then. Here, for readers that hold nothing out and
    /// are done in a moment, it does neither.
    ///
    /// @param holdOut which rows are not to be trained
    /// @return null if the gate did not open
    /// @throws IOException if the file cannot be read
    default @Nullable TrainingData read(Path file, HoldOut holdOut, Gate<RuntimeException> gate) throws IOException {
        if (!holdOut.isNone()) {
            throw new UnsupportedOperationException("this reader holds no rows out");
        }
        return read(file);
    }
}
