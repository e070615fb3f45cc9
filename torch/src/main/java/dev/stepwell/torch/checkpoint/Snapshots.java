package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.Trees;
import dev.stepwell.core.retention.Housekeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daily snapshots of the model: each a whole checkpoint, of which `from_pretrained` takes the model.
///
/// ```
///  snapshots/2026-03-29/     whole: it appeared by rename, after every file was read and compared with the
///  manifest snapshots/.2026-03-30.tmp/   being made
///  snapshots/.deleted-2026-03-01/   being deleted
/// ```
///
/// Files are hard links to the checkpoint's, which are never changed in place, and so cost nothing while the
/// checkpoint lives; where links are not possible they are copies. Either way a snapshot needs no checkpoint
/// once it is made.
///
/// A day's snapshot is made up for when its time was missed. None is made of a model that did not change since
/// the one before, nor for a time at which there was no model yet. Used by the housekeeping thread.
public final class Snapshots implements Housekeeper.Chore {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final Path folder;
    private final CheckpointStore store;
    private final SnapshotSchedule schedule;
    private final InstantSource clock;

    /// @param folder made when the first snapshot is
    public Snapshots(Path folder, CheckpointStore store, SnapshotSchedule schedule, InstantSource clock) {
        this.folder = folder;
        this.store = store;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public String alert() {
        return "snapshot_failed";
    }

    @Override
    public String name() {
        return "the daily snapshot";
    }

    @Override
    public void run() throws IOException {
        takeIfDue();
    }

    /// Makes the snapshot that is due, if one is.
    ///
    /// @return where it is; empty if none was made
    /// @throws IOException if it could not be made, or was not as the checkpoint says; nothing is left of it then
    public Optional<Path> takeIfDue() throws IOException {
        LocalDate day = schedule.dueDay(clock.instant());
        Path target = folder.resolve(day.toString());
        removeLeftovers();
        if (Files.exists(target)) {
            return Optional.empty();
        }
        Optional<CheckpointFolder.Candidate> source = source();
        if (source.isEmpty() || isNew(day) || known(source.get().step())) {
            return Optional.empty();
        }
        store.hold(source.get().step());
        try {
            make(source.get(), target);
        } finally {
            store.hold(null);
        }
        LOG.info("snapshot {} of step {}", target, source.get().step());
        return Optional.of(target);
    }

    /// The days of which there are snapshots, newest first.
    static List<LocalDate> days(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return Trees.list(folder).stream()
                .flatMap(entry -> day(entry.getFileName().toString()).stream())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    static Optional<LocalDate> day(String name) {
        try {
            return Optional.of(LocalDate.parse(name));
        } catch (DateTimeException _) { // Something of the user's.
            return Optional.empty();
        }
    }

    private Optional<CheckpointFolder.Candidate> source() throws IOException {
        return store.newestFirst().stream()
                .filter(candidate ->
                        store.newestKnown().isPresent() && store.newestKnown().getAsLong() == candidate.step())
                .findFirst();
    }

    /// Whether there was no model yet when the snapshot of `day` was due: nothing was missed then.
    private boolean isNew(LocalDate day) throws IOException {
        Instant due = schedule.dueAt(day);
        for (CheckpointFolder.Candidate candidate : store.newestFirst()) {
            Path manifest = candidate.directory().resolve(Manifest.FILE);
            if (Files.exists(manifest)
                    && !Files.getLastModifiedTime(manifest).toInstant().isAfter(due)) {
                return false;
            }
        }
        return days(folder).isEmpty();
    }

    private boolean known(long step) throws IOException {
        for (LocalDate day : days(folder)) {
            Path manifest = folder.resolve(day.toString()).resolve(Manifest.FILE);
            if (Files.exists(manifest) && Json.read(manifest, Manifest.class).globalStep() == step) {
                return true;
            }
        }
        return false;
    }

    private void make(CheckpointFolder.Candidate source, Path target) throws IOException {
        Files.createDirectories(folder);
        Path aside = folder.resolve("." + target.getFileName() + ".tmp");
        try {
            Files.createDirectory(aside);
            for (Path file : Trees.list(source.directory())) {
                Links.linkOrCopy(file, aside.resolve(file.getFileName()));
            }
            Manifest.verify(aside, source.step());
            AtomicFiles.syncDirectory(aside);
            AtomicFiles.move(aside, target);
        } catch (IOException e) {
            try {
                Trees.delete(aside);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void removeLeftovers() throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path entry : Trees.list(folder)) {
                if (Trees.isLeftover(entry.getFileName().toString())) {
                    Trees.delete(entry);
                }
            }
        }
    }
}
