package dev.stepwell.core.training;

import java.io.IOException;
import java.nio.file.Path;

/// Counts the rows of a file by streaming through it once. Safe to call from any thread.
@FunctionalInterface
public interface FileSurveyor {
    /// Reads `file` to its end and says what its rows are.
    ///
    /// @throws IOException if the file cannot be read
    FileSurvey survey(Path file) throws IOException;
}
