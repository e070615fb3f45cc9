package dev.stepwell.core.training;

import java.io.IOException;
import java.nio.file.Path;

/// Counts the rows of a file by streaming through it once. Safe to call from any thread.
@FunctionalInterface
public interface FileSurveyor {
    /// Reads `file` to its end, once, and says what its rows are and what its bytes are known by.
    ///
    /// @throws IOException if the file cannot be read
    FileSurvey survey(Path file) throws IOException;
}
