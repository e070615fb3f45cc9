package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Puts the files of the newest model beside the checkpoints, where `from_pretrained` looks for them.
///
/// Each file is replaced by rename. They are hard links to the checkpoint's, whose files never change, and so cost
/// nothing; where links are not possible they are copies.
final class ModelAtRoot {
    private ModelAtRoot() {}

    static void publish(Path checkpoint, Path root, SavePoint.Observer points) throws IOException {
        for (String name : CheckpointFiles.MODEL) {
            Path source = checkpoint.resolve(name);
            if (Files.exists(source)) {
                replace(source, root.resolve(name), root.resolve("." + name + ".tmp"));
            } else {
                Files.deleteIfExists(root.resolve(name));
            }
            points.reached(SavePoint.ROOT_FILE_REPLACED);
        }
    }

    private static void replace(Path source, Path target, Path aside) throws IOException {
        Files.deleteIfExists(aside);
        Links.linkOrCopy(source, aside);
        AtomicFiles.move(aside, target);
        // Renaming a link over another link to the same file does nothing, by POSIX: then it is still here.
        Files.deleteIfExists(aside);
    }
}
