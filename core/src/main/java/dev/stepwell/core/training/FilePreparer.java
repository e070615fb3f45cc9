package dev.stepwell.core.training;

import java.nio.file.Path;

/// Makes a file ready to be trained before its turn.
@FunctionalInterface
public interface FilePreparer {
    /// Prepares nothing.
    FilePreparer NONE = _ -> {};

    /// Does, on the calling thread, what can be done for `file` without the model, and keeps it until the file is
    /// trained or another is prepared. Gives up when the thread is interrupted.
    ///
    /// A hint: what goes wrong is left to training, which finds it again and names it.
    void prepare(Path file);
}
