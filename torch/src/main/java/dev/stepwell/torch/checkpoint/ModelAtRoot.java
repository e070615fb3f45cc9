package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Puts the files of the newest model beside the checkpoints, where `from_pretrained` looks for them.
///
/// Each file is replaced by rename. They are hard links to the checkpoint's, whose files never change, and so cost
/// nothing; where links are not possible they are copies.
final class ModelAtRoot {
    private ModelAtRoot() {}

    /// Puts all of them there.
    static void publish(Path checkpoint, Path root, SavePoint.Observer points) throws IOException {
        replace(CheckpointFiles.MODEL_AND_TOKENIZER, checkpoint, root, points);
    }

    /// Puts the model there if one of its files at the root is not the checkpoint's: a save that was cut short after
    /// the checkpoint was whole may have been the last. The tokenizer stays, for it has yet to be compared.
    static void publishIfOther(Path checkpoint, Path root, SavePoint.Observer points) throws IOException {
        for (String name : CheckpointFiles.MODEL) {
            if (!isSame(checkpoint.resolve(name), root.resolve(name))) {
                replace(CheckpointFiles.MODEL, checkpoint, root, points);
                return;
            }
        }
    }

    /// Whether two files are one, or hold the same, or are both not there.
    static boolean isSame(Path source, Path target) throws IOException {
        if (!Files.exists(source) || !Files.exists(target)) {
            return !Files.exists(source) && !Files.exists(target);
        }
        return Files.isSameFile(source, target) || Files.mismatch(source, target) < 0;
    }

    private static void replace(List<String> names, Path checkpoint, Path root, SavePoint.Observer points)
            throws IOException {
        for (String name : names) {
            Path source = checkpoint.resolve(name);
            if (Files.exists(source)) {
                replace(source, root.resolve(name), root.resolve("." + name + ".tmp"));
            } else {
                Files.deleteIfExists(root.resolve(name));
            }
            points.reached(SavePoint.ROOT_FILE_REPLACED);
        }
        // Once for all of them: nothing depends on any, for the checkpoint itself is safe.
        AtomicFiles.syncDirectory(root);
    }

    private static void replace(Path source, Path target, Path aside) throws IOException {
        Files.deleteIfExists(aside);
        Links.linkOrCopy(source, aside);
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // Renaming a link over another link to the same file does nothing, by POSIX: then it is still here.
        Files.deleteIfExists(aside);
    }
}
