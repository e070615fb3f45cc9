package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.checkpoint.CheckpointFolder.Candidate;
import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds models of checkpoints to be asked, beside a daemon that saves and deletes them; changes none.
///
/// Optimizers are not looked at: a model can be asked without one.
public final class CheckpointReader {
    /// So often a checkpoint may be gone by the time it is read before this gives up: each time another one was saved.
    private static final int ATTEMPTS = 5;

    private final CheckpointFolder folder;

    /// @param root folder of the checkpoints, which need not exist
    public CheckpointReader(Path root) {
        folder = new CheckpointFolder(root);
    }

    /// A model that is as it was written.
    ///
    /// @param step of its weights
    public record Valid(Path directory, long step) {}

    /// What is done with a model while it is there.
    @FunctionalInterface
    public interface Use<T> {
        T of(Valid model) throws IOException;
    }

    /// Names of all checkpoints, newest first, whether valid or not.
    ///
    /// @throws IOException if the folder cannot be read
    public List<String> names() throws IOException {
        return folder.newestFirst().stream()
                .map(candidate -> candidate.directory().getFileName().toString())
                .toList();
    }

    /// Uses the newest valid model. A checkpoint that was replaced or deleted meanwhile is no fault: then the search
    /// begins anew.
    ///
    /// @param passedOver is added those that are newer and not valid, each with the reason, in one line
    /// @return what `use` returned; empty if no checkpoint is valid, or there is none
    /// @throws IOException what `use` throws although the checkpoint is still there
    public <T> Optional<T> withNewest(List<String> passedOver, Use<T> use) throws IOException {
        IOException gone = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            passedOver.clear();
            Optional<Valid> newest = search(passedOver);
            // Nothing at all may also be the moment in which one checkpoint takes another's place.
            if (newest.isPresent()) {
                Identity identity = Identity.of(newest.get().directory());
                try {
                    return Optional.of(use.of(newest.get()));
                } catch (IOException e) {
                    if (identity.isStill(newest.get().directory())) {
                        throw e;
                    }
                    gone = e;
                }
            }
        }
        if (gone != null) {
            throw new IOException("%s: each checkpoint was gone before it was read".formatted(folder.root()), gone);
        }
        return Optional.empty();
    }

    /// Which folder has a name: another one may take its place while files in it are read one by one.
    ///
    /// @param key  null where there is no folder, or the file system tells none
    /// @param made when it was; null where there is no folder
    private record Identity(@Nullable Object key, @Nullable FileTime made) {
        private static final Identity NONE = new Identity(null, null);

        static Identity of(Path directory) throws IOException {
            try {
                BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);
                return new Identity(attributes.fileKey(), attributes.creationTime());
            } catch (NoSuchFileException _) {
                return NONE;
            }
        }

        /// Whether it is there and has been all the time.
        boolean isStill(Path directory) throws IOException {
            return !equals(NONE) && equals(of(directory));
        }
    }

    private Optional<Valid> search(List<String> passedOver) throws IOException {
        for (Candidate candidate : folder.newestFirst()) {
            Identity identity = Identity.of(candidate.directory());
            try {
                return Optional.of(verified(candidate.directory()));
            } catch (IOException e) {
                if (identity.isStill(candidate.directory())) {
                    passedOver.add(candidate.directory().getFileName() + ": " + e.getMessage());
                }
            }
        }
        return Optional.empty();
    }

    /// Whether `directory` holds a checkpoint, or a snapshot of one.
    public static boolean isCheckpoint(Path directory) {
        return Files.isRegularFile(directory.resolve(Manifest.FILE));
    }

    /// Checks the model of one checkpoint.
    ///
    /// @throws CorruptFileException naming the first file that is not as it was written
    /// @throws NoSuchFileException  if there is no such folder
    /// @throws IOException          if it cannot be read
    public static Valid verified(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
        long step = Manifest.verifyModel(directory).globalStep();
        var named = CheckpointFolder.stepOf(directory.getFileName().toString());
        if (named.isPresent() && named.getAsLong() != step) {
            throw new CorruptFileException(directory.resolve(Manifest.FILE), "it is of step " + step);
        }
        return new Valid(directory, step);
    }
}
