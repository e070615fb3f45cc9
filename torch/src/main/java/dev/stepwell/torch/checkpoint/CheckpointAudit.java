package dev.stepwell.torch.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks every checkpoint of a model against its manifest, and changes none.
public final class CheckpointAudit {
    private CheckpointAudit() {}

    /// A checkpoint that was checked.
    ///
    /// @param step  from its name
    /// @param fault why it cannot be used; null if it is as it was written
    public record Checked(
            Path directory, long step, @Nullable String fault) {}

    /// Checks the checkpoints in `root`, newest first; none if there is no such folder. Reads all of them.
    ///
    /// @throws IOException if the folder cannot be read
    public static List<Checked> of(Path root) throws IOException {
        List<Checked> checked = new ArrayList<>();
        for (CheckpointFolder.Candidate candidate : new CheckpointFolder(root).newestFirst()) {
            checked.add(new Checked(
                    candidate.directory(), candidate.step(), fault(candidate.directory(), candidate.step())));
        }
        return List.copyOf(checked);
    }

    private static @Nullable String fault(Path directory, long step) {
        try {
            Manifest.verify(directory, step);
            CheckpointFiles.describe(directory);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
