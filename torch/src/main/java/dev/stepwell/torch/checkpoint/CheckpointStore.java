package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checkpoints of one model, in `current_model/`.
///
/// ```
///  checkpoint-119/              whole: it appeared by rename, with its manifest
///  .checkpoint-237.tmp/         being written
///  .replaced-checkpoint-119/    about to be replaced by one of the same step
///  .deleted-checkpoint-1/       about to be deleted
///  passed-over-checkpoint-237/  found invalid; kept for who wants to look, never read again
///  model.safetensors, config.json, …   the newest model, for `from_pretrained("current_model")`
/// ```
///
/// A crash at any moment leaves the newest checkpoint, or the one before it, valid. Used by one thread.
public final class CheckpointStore {
    static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})");
    private static final String REPLACED = ".replaced-";
    private static final String DELETED = ".deleted-";
    private static final String PASSED_OVER = "passed-over-";

    private final Path root;
    private final int keep;
    private final SavePoint.Observer points;

    /// What a checkpoint is filled with.
    @FunctionalInterface
    public interface Contents {
        /// Writes files into `directory`, which is empty, and tells `points` of each.
        void writeTo(Path directory, SavePoint.Observer points) throws IOException;
    }

    /// What was found.
    ///
    /// @param newest     the newest valid checkpoint; null if there is none
    /// @param passedOver newer ones that are not valid, each with the reason, in one line
    public record Found(@Nullable Checkpoint newest, List<String> passedOver) {
        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    private record Candidate(long step, Path directory) {}

    /// The checkpoints in `root`, which is made if it does not exist when the first is saved.
    ///
    /// @param keep   how many of the newest survive a save, at least 1
    /// @param points told of every moment of a save
    public CheckpointStore(Path root, int keep, SavePoint.Observer points) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep_checkpoints is " + keep + ", at least 1 must be kept");
        }
        this.root = root;
        this.keep = keep;
        this.points = points;
    }

    /// Finishes or undoes what a crash interrupted. Called once, before anything else.
    ///
    /// @throws IOException if a leftover cannot be removed
    public void recover() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (name.startsWith(REPLACED)) {
                Path original = root.resolve(name.substring(REPLACED.length()));
                if (Files.exists(original)) {
                    deleteTree(entry);
                } else {
                    AtomicFiles.move(entry, original);
                }
            } else if (name.startsWith(DELETED) || (name.startsWith(".") && name.endsWith(".tmp"))) {
                deleteTree(entry);
            }
        }
    }

    /// Looks for the newest checkpoint all of whose files are as they were written. Newer ones are moved out of the
    /// way, so that they cannot come between the ones that follow; if none is valid, all stay where they are.
    ///
    /// @throws IOException if the folder cannot be read, or an invalid checkpoint cannot be moved
    public Found newestValid() throws IOException {
        List<String> passedOver = new ArrayList<>();
        List<Candidate> invalid = new ArrayList<>();
        for (Candidate candidate : newestFirst()) {
            Checkpoint checkpoint;
            try {
                Manifest.verify(candidate.directory(), candidate.step(), CheckpointFiles.REQUIRED);
                checkpoint = CheckpointFiles.describe(candidate.directory());
            } catch (IOException e) {
                invalid.add(candidate);
                passedOver.add(candidate.directory().getFileName() + ": " + e.getMessage());
                continue;
            }
            for (Candidate newer : invalid) {
                setAside(newer);
            }
            return new Found(checkpoint, passedOver);
        }
        return new Found(null, passedOver);
    }

    private void setAside(Candidate invalid) throws IOException {
        Path aside = root.resolve(PASSED_OVER + invalid.directory().getFileName());
        deleteTree(aside);
        AtomicFiles.move(invalid.directory(), aside);
    }

    /// Saves a checkpoint: it is on disk, whole, when this returns, and the model at the root is the same.
    ///
    /// @param globalStep step of the weights; a checkpoint of this step that is there is replaced
    /// @return its directory
    /// @throws IOException if anything fails; the checkpoints before this one are then as they were
    public Path save(long globalStep, Contents contents) throws IOException {
        Files.createDirectories(root);
        Path target = root.resolve("checkpoint-" + globalStep);
        Path temporary = root.resolve("." + target.getFileName() + ".tmp");
        try {
            deleteTree(temporary);
            Files.createDirectory(temporary);
            points.reached(SavePoint.DIRECTORY_MADE);
            contents.writeTo(temporary, points);
            AtomicFiles.write(temporary.resolve(Manifest.FILE), Json.bytes(Manifest.of(temporary, globalStep)));
            points.reached(SavePoint.MANIFEST_WRITTEN);
            for (Path file : list(temporary)) {
                AtomicFiles.sync(file);
            }
            AtomicFiles.syncDirectory(temporary);
            points.reached(SavePoint.FLUSHED);
            replace(temporary, target);
        } catch (IOException e) {
            try {
                deleteTree(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        ModelAtRoot.publish(target, root, points);
        prune();
        return target;
    }

    private void replace(Path temporary, Path target) throws IOException {
        Optional<Path> replaced = Optional.empty();
        if (Files.exists(target)) {
            Path aside = root.resolve(REPLACED + target.getFileName());
            deleteTree(aside);
            AtomicFiles.move(target, aside);
            points.reached(SavePoint.SAME_STEP_SET_ASIDE);
            replaced = Optional.of(aside);
        }
        AtomicFiles.move(temporary, target);
        points.reached(SavePoint.RENAMED);
        if (replaced.isPresent()) {
            deleteTree(replaced.get());
        }
    }

    private void prune() throws IOException {
        for (Candidate old : newestFirst().stream().skip(keep).toList()) {
            // Renamed first, so that a crash half-way does not leave what looks like a damaged checkpoint.
            Path aside = root.resolve(DELETED + old.directory().getFileName());
            deleteTree(aside);
            AtomicFiles.move(old.directory(), aside);
            points.reached(SavePoint.OLD_SET_ASIDE);
            deleteTree(aside);
            points.reached(SavePoint.OLD_DELETED);
        }
    }

    private List<Candidate> newestFirst() throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Path entry : entries()) {
            Matcher matcher = NAME.matcher(entry.getFileName().toString());
            if (matcher.matches() && Files.isDirectory(entry)) {
                candidates.add(new Candidate(Long.parseLong(matcher.group(1)), entry));
            }
        }
        candidates.sort(Comparator.comparingLong(Candidate::step).reversed());
        return candidates;
    }

    private List<Path> entries() throws IOException {
        return list(root);
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
