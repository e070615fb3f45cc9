package dev.stepwell.torch.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
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
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Checked> checked = new ArrayList<>();
        try (var entries = Files.list(root)) {
            for (Path entry : entries.toList()) {
                Matcher matcher =
                        CheckpointStore.NAME.matcher(entry.getFileName().toString());
                if (matcher.matches() && Files.isDirectory(entry)) {
                    long step = Long.parseLong(matcher.group(1));
                    checked.add(new Checked(entry, step, fault(entry, step)));
                }
            }
        }
        checked.sort(Comparator.comparingLong(Checked::step).reversed());
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
