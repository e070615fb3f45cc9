package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Second names for files that never change.
final class Links {
    private Links() {}

    /// Makes `target` a hard link to `source`; where that is not possible, a copy of it that is on disk.
    static void linkOrCopy(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
        } catch (IOException | UnsupportedOperationException e) {
            // Not every file system has hard links; if the reason was another one, copying fails with it.
            Files.copy(source, target);
            AtomicFiles.sync(target);
        }
    }
}
