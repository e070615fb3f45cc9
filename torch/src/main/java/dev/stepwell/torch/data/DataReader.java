package dev.stepwell.torch.data;

import java.io.IOException;
import java.nio.file.Path;

/// Reads a file of rows and tokenizes it.
@FunctionalInterface
public interface DataReader {
    /// Reads `file` to its end. Bad rows are in the ledger, not an exception.
    ///
    /// @throws IOException if the file cannot be read
    TrainingData read(Path file) throws IOException;
}
