package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.io.Trees;
import dev.stepwell.torch.checkpoint.CheckpointFolder.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The checkpoints of one model, in `current_model/`.
///
/// ```
///  checkpoint-119/              whole: it appeared by rename, with its manifest
///  .checkpoint-237.tmp/         being written
///  .replaced-checkpoint-119/    about to be replaced by one of the same step
///  .deleted-checkpoint-1/       about to be deleted
///  passed-over-checkpoint-237/  found invalid; the newest few are kept for who wants to look ([PassedOverShelf])
///  model.safetensors, config.json, …   the newest model, for `from_pretrained("current_model")`
/// ```
///
/// A crash at any moment leaves the newest checkpoint, or the one before it, valid.
///
/// **Concurrency.** The training thread saves and loads; the housekeeping thread lists, links and deletes. One
/// lock keeps a deletion and a save apart. It is held for a whole save, but for no more than a listing and a
/// rename by housekeeping, so that training does not wait for it.
public final class CheckpointStore {
    private static final String REPLACED = ".replaced-";

    private final Path root;
    private final CheckpointFolder folder;
    private final SavePoint.Observer points;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Runnable changed = () -> {};
    private volatile OptionalLong newestKnown = OptionalLong.empty();
    private volatile @Nullable Long held;

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

    /// The checkpoints in `root`, which is made if it does not exist when the first is saved.
    public CheckpointStore(Path root) {
        this(root, SavePoint.Observer.NONE);
    }

    /// The same, with an observer.
    ///
    /// @param points told of every moment of saving and deleting a checkpoint, on the thread that does it
    public CheckpointStore(Path root, SavePoint.Observer points) {
        this.root = root;
        this.folder = new CheckpointFolder(root);
        this.points = points;
    }

    /// Names what to call, from the training thread, when the model was opened and after every save. Must not
    /// block.
    public void onChange(Runnable newChanged) {
        changed = newChanged;
    }

    /// Whether the disk has the `needed` bytes for the next checkpoint.
    ///
    /// @throws IOException if it cannot be asked
    public DiskSpace space(long needed) throws IOException {
        Files.createDirectories(root);
        return DiskSpace.under(root, needed);
    }

    /// Finishes or undoes what a crash interrupted. Called once, before anything else.
    ///
    /// @throws IOException if a leftover cannot be removed
    public void recover() throws IOException {
        lock.lock();
        try {
            repair();
        } finally {
            lock.unlock();
        }
    }

    private void repair() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path entry : Trees.list(root)) {
            String name = entry.getFileName().toString();
            if (name.startsWith(REPLACED)) {
                Path original = root.resolve(name.substring(REPLACED.length()));
                if (Files.exists(original)) {
                    Trees.delete(entry);
                } else {
                    AtomicFiles.move(entry, original);
                }
            } else if (Trees.isLeftover(name)) {
                Trees.delete(entry);
            }
        }
    }

    /// Looks for the newest checkpoint all of whose files are as they were written. Newer ones are moved out of the
    /// way, so that they cannot come between the ones that follow; if none is valid, all stay where they are.
    /// The model at the root is made that of the newest, if a crash came between the two.
    ///
    /// @throws IOException if the folder cannot be read, or an invalid checkpoint cannot be moved
    public Found newestValid() throws IOException {
        Found found;
        lock.lock();
        try {
            found = search();
            Checkpoint newest = found.newest();
            newestKnown = newest == null ? OptionalLong.empty() : OptionalLong.of(newest.globalStep());
            if (newest != null) {
                ModelAtRoot.publishIfOther(newest.directory(), root, points);
            }
        } finally {
            lock.unlock();
        }
        changed.run();
        return found;
    }

    private Found search() throws IOException {
        List<String> passedOver = new ArrayList<>();
        List<Candidate> invalid = new ArrayList<>();
        for (Candidate candidate : folder.newestFirst()) {
            Checkpoint checkpoint;
            try {
                Manifest.verify(candidate.directory(), candidate.step());
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
        Path aside = folder.asideOf(invalid);
        Trees.delete(aside);
        AtomicFiles.move(invalid.directory(), aside);
    }

    /// Saves a checkpoint: it is on disk, whole, when this returns, and the model at the root is the same.
    ///
    /// @param globalStep step of the weights; a checkpoint of this step that is there is replaced
    /// @return its directory
    /// @throws IOException if anything fails; the checkpoints before this one are then as they were
    public Path save(long globalStep, Contents contents) throws IOException {
        Path saved;
        lock.lock();
        try {
            saved = write(globalStep, contents);
        } finally {
            lock.unlock();
        }
        changed.run();
        return saved;
    }

    private Path write(long globalStep, Contents contents) throws IOException {
        Files.createDirectories(root);
        Path target = folder.directoryOf(globalStep);
        Path temporary = root.resolve("." + target.getFileName() + ".tmp");
        try {
            Trees.delete(temporary);
            Files.createDirectory(temporary);
            points.reached(SavePoint.DIRECTORY_MADE);
            contents.writeTo(temporary, points);
            Manifest manifest = AtomicFiles.syncAll(Trees.list(temporary), () -> Manifest.of(temporary, globalStep));
            Path manifestFile = temporary.resolve(Manifest.FILE);
            Files.write(manifestFile, Json.bytes(manifest));
            points.reached(SavePoint.MANIFEST_WRITTEN);
            AtomicFiles.sync(manifestFile);
            AtomicFiles.syncDirectory(temporary);
            points.reached(SavePoint.FLUSHED);
            replace(temporary, target);
        } catch (IOException e) {
            try {
                Trees.delete(temporary);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
        newestKnown = OptionalLong.of(globalStep);
        ModelAtRoot.publish(target, root, points);
        return target;
    }

    private void replace(Path temporary, Path target) throws IOException {
        Optional<Path> replaced = Optional.empty();
        if (Files.exists(target)) {
            Path aside = root.resolve(REPLACED + target.getFileName());
            Trees.delete(aside);
            AtomicFiles.move(target, aside);
            points.reached(SavePoint.SAME_STEP_SET_ASIDE);
            replaced = Optional.of(aside);
        }
        AtomicFiles.move(temporary, target);
        points.reached(SavePoint.RENAMED);
        if (replaced.isPresent()) {
            Trees.delete(replaced.get());
        }
    }

    /// The checkpoints that are there, newest first, whether valid or not.
    List<Candidate> newestFirst() throws IOException {
        lock.lock();
        try {
            return folder.newestFirst();
        } finally {
            lock.unlock();
        }
    }

    /// What was found invalid and set aside, in no order.
    List<Path> passedOver() throws IOException {
        lock.lock();
        try {
            return folder.passedOver();
        } finally {
            lock.unlock();
        }
    }

    /// Deletes one of those, if it is still there.
    void removePassedOver(String name) throws IOException {
        Path aside;
        lock.lock();
        try {
            Path passedOver = root.resolve(name);
            if (!CheckpointFolder.isPassedOver(passedOver)) {
                return;
            }
            aside = Trees.retire(passedOver);
        } finally {
            lock.unlock();
        }
        Trees.delete(aside);
    }

    /// Step of the newest checkpoint that this store knows to be valid, because it wrote or read it; empty
    /// before.
    OptionalLong newestKnown() {
        return newestKnown;
    }

    /// Keeps the checkpoint of this step from being deleted until `null` is given.
    void hold(@Nullable Long step) {
        lock.lock();
        try {
            held = step;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Long held() {
        return held;
    }

    /// Deletes the checkpoint of this step, unless it is the newest, the one that training would go on from, or
    /// held; none while the one to go on from is not known. A save waits for no more than a rename.
    void remove(long step) throws IOException {
        Path aside;
        lock.lock();
        try {
            Path directory = folder.directoryOf(step);
            Long holding = held;
            if (!Files.exists(directory)
                    || (holding != null && holding == step)
                    || newestKnown.orElse(step) == step
                    || folder.newestFirst().getFirst().step() == step) {
                return;
            }
            aside = Trees.retire(directory);
        } finally {
            lock.unlock();
        }
        points.reached(SavePoint.OLD_SET_ASIDE);
        Trees.delete(aside);
        points.reached(SavePoint.OLD_DELETED);
    }

    /// The same, found out where it is not known yet by reading checkpoints whole, newest first, until one is
    /// as it was written. Unlike [#newestValid], this leaves the others where they are. Empty if none is valid.
    OptionalLong findNewest() throws IOException {
        lock.lock();
        try {
            if (newestKnown.isEmpty()) {
                newestKnown = folder.newestFirst().stream()
                        .filter(CheckpointStore::isValid)
                        .mapToLong(Candidate::step)
                        .findFirst();
            }
            return newestKnown;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isValid(Candidate candidate) {
        try {
            Manifest.verify(candidate.directory(), candidate.step());
            return true;
        } catch (IOException _) { // Whatever is wrong with it: training would not go on from it.
            return false;
        }
    }
}
