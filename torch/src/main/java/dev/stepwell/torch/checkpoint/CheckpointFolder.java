package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What lies in a folder of checkpoints, by its names; what is in it nobody has looked at.
///
/// @param root the folder, which need not exist
record CheckpointFolder(Path root) {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})");
    private static final String PASSED_OVER = "passed-over-";

    /// What has the name of a checkpoint.
    record Candidate(long step, Path directory) {}

    /// The step in the name of a checkpoint, if it is one.
    static OptionalLong stepOf(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /// Where the checkpoint of a step is, or will be.
    Path directoryOf(long step) {
        return root.resolve("checkpoint-" + step);
    }

    /// Checkpoints, newest first, whether valid or not.
    List<Candidate> newestFirst() throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        for (Path entry : entries()) {
            OptionalLong step = stepOf(entry.getFileName().toString());
            if (step.isPresent() && Files.isDirectory(entry)) {
                candidates.add(new Candidate(step.getAsLong(), entry));
            }
        }
        candidates.sort(Comparator.comparingLong(Candidate::step).reversed());
        return candidates;
    }

    /// Checkpoints that were set aside, in no order.
    List<Path> passedOver() throws IOException {
        return entries().stream().filter(CheckpointFolder::isPassedOver).toList();
    }

    /// Whether `entry` is a checkpoint that was set aside.
    static boolean isPassedOver(Path entry) {
        String name = entry.getFileName().toString();
        return name.startsWith(PASSED_OVER)
                && stepOf(name.substring(PASSED_OVER.length())).isPresent()
                && Files.isDirectory(entry);
    }

    /// Where a checkpoint is set aside.
    Path asideOf(Candidate invalid) {
        return root.resolve(PASSED_OVER + invalid.directory().getFileName());
    }

    private List<Path> entries() throws IOException {
        return Files.isDirectory(root) ? Trees.list(root) : List.of();
    }
}
