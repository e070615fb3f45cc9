package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurveyor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings database and directories into agreement at start, in whichever order a crash left them.
///
/// The row is the truth about a file's state, because it is written in one transaction; the directories are made to
/// follow. Only a file without a row, or a row without a file, changes the database.
///
/// | found | done |
/// |---|---|
/// | row *taking*, file in the queue | counted; waits |
/// | row *taking*, file not in the queue | row forgotten; what is in the inbox is taken anew |
/// | row *training* | interrupted, first in line |
/// | row unsettled, file in archive/ or failed/ | file moved back |
/// | row unsettled, file nowhere | failed, with report |
/// | row settled, file in the queue | file moved to where it belongs |
/// | file in the queue, no row | given a row; waits |
/// | temporary file | removed |
///
/// Runs before the intake and the daemon, alone. Running it again repairs nothing more.
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final Retirement retirement;
    private final Taking taking;
    private final List<Repair> repairs = new ArrayList<>();

    public Recovery(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            InstantSource clock,
            FaultPoint.Observer faults) {
        this.base = base;
        this.store = store;
        this.retirement = new Retirement(base, store, clock, faults);
        this.taking = new Taking(base, store, surveyor, retirement, faults);
    }

    /// Repairs everything, saying each repair in one line of the log.
    ///
    /// @throws IOException if a directory cannot be read or a file not be moved
    public List<Repair> run() throws IOException {
        Set<String> queued = new TreeSet<>();
        for (Path directory : List.of(base.queue(), base.archive(), base.failed())) {
            for (String name : names(directory)) {
                if (AtomicFiles.isAside(name)
                        && Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    Files.delete(directory.resolve(name));
                    repaired(Repair.Kind.LEFTOVER, "a temporary file " + name, "removed");
                } else if (directory.equals(base.queue())) {
                    queued.add(name);
                }
            }
        }
        reserveIds();
        List<QueuedFile> toCount = new ArrayList<>();
        for (QueuedFile file : store.unsettled()) {
            boolean there = queued.remove(file.storedName());
            switch (file.state()) {
                case TAKING -> taking(file, there, toCount);
                case TRAINING -> {
                    store.interrupt(file);
                    repaired(Repair.Kind.TRAINING_CUT_SHORT, shown(file) + " was in training", "goes on first");
                    find(file.in(FileState.INTERRUPTED), there);
                }
                case WAITING, INTERRUPTED -> find(file, there);
                case COMPLETED, SKIPPED, FAILED -> throw new IllegalStateException(file + " is settled");
            }
        }
        long group = store.newestArrivalGroup() + 1;
        for (String name : queued) {
            unclaimed(name, group, toCount);
        }
        taking.count(toCount);
        store.endDrainIfDone();
        return List.copyOf(repairs);
    }

    /// A database made anew beside files of an old one must not give out their ids again.
    private void reserveIds() throws IOException {
        if (store.newestId() > 0) {
            return;
        }
        long newest = 0;
        for (Path directory : List.of(base.queue(), base.archive(), base.failed())) {
            for (String name : names(directory)) {
                newest = Math.max(newest, StoredName.idOf(name).orElse(0));
            }
        }
        store.reserveIds(newest);
    }

    private void taking(QueuedFile file, boolean there, List<QueuedFile> toCount) throws IOException {
        String found = shown(file) + " was being taken";
        if (there) {
            removeCopied(file);
            toCount.add(file);
            repaired(Repair.Kind.TAKING_CUT_SHORT, found, "it is in the queue, and counted now");
        } else {
            store.forget(file);
            repaired(
                    Repair.Kind.TAKING_CUT_SHORT,
                    found,
                    "it was not moved yet, and is taken anew if it is still there");
        }
    }

    /// A file from another file system is copied and then removed; a crash between the two leaves it twice.
    private void removeCopied(QueuedFile file) throws IOException {
        Path source;
        try {
            source = base.inbox().resolve(file.source());
        } catch (InvalidPathException _) { // A name this process's locale cannot write, and so cannot look for.
            return;
        }
        Path taken = file.path(base);
        if (Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
                && !Files.getFileStore(source).equals(Files.getFileStore(taken))
                && Files.size(source) == Files.size(taken)
                && Files.getLastModifiedTime(source).toMillis()
                        == file.modified().toEpochMilli()) {
            Files.delete(source);
            repaired(
                    Repair.Kind.TAKING_CUT_SHORT,
                    shown(file) + " was copied from another file system",
                    "original removed");
        }
    }

    private void find(QueuedFile file, boolean there) throws IOException {
        if (there) {
            return;
        }
        for (Path directory : List.of(base.archive(), base.failed())) {
            Path misplaced = directory.resolve(file.storedName());
            if (Files.exists(misplaced, LinkOption.NOFOLLOW_LINKS)) {
                AtomicFiles.move(misplaced, file.path(base));
                repaired(
                        Repair.Kind.MISPLACED,
                        "%s is not done but lay in %s/".formatted(shown(file), directory.getFileName()),
                        "moved back to queue/");
                return;
            }
        }
        retirement.giveUp(
                file,
                null,
                "FileMissing",
                "has lost its file, which is not in queue/ any more: drop it into inbox/ again");
        repaired(Repair.Kind.MISSING, shown(file) + " has a row but no file", "given up");
    }

    private void unclaimed(String name, long group, List<QueuedFile> toCount) throws IOException {
        Path path = base.queue().resolve(name);
        OptionalLong id = StoredName.idOf(name);
        Optional<QueuedFile> row = id.isPresent() ? store.find(id.getAsLong()) : Optional.empty();
        if (row.isPresent() && row.get().storedName().equals(name)) {
            AtomicFiles.move(path, row.get().path(base));
            repaired(
                    Repair.Kind.MISPLACED,
                    "%s is %s but lay in queue/"
                            .formatted(shown(row.get()), row.get().state().word()),
                    "moved to %s/".formatted(row.get().state().directory(base).getFileName()));
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !InboxListing.isData(name)) {
            LOG.warn("queue/{} is no data file and has no business there; it is left alone", Printable.of(name));
        } else {
            toCount.add(adopt(path, row.isEmpty() && id.isPresent() ? id.getAsLong() : store.newestId() + 1, group));
        }
    }

    private QueuedFile adopt(Path path, long id, long group) throws IOException {
        String name = path.getFileName().toString();
        String original = StoredName.nameOf(name);
        String stored = StoredName.of(id, original, path.getFileSystem());
        Instant modified = Instant.ofEpochMilli(Files.getLastModifiedTime(path).toMillis());
        Arrival arrival = new Arrival(original, name, Files.size(path), modified, Priority.NORMAL, group);
        QueuedFile file = store.adopt(id, stored, arrival);
        if (!stored.equals(name)) {
            AtomicFiles.move(path, file.path(base));
        }
        repaired(Repair.Kind.UNKNOWN, "queue/" + name + " has no row", "given one, and counted now");
        return file;
    }

    private void repaired(Repair.Kind kind, String found, String done) {
        Repair repair = new Repair(kind, Printable.of(found), Printable.of(done));
        LOG.warn("recovery: {}", repair);
        repairs.add(repair);
    }

    private static String shown(QueuedFile file) {
        return "%s (id %d)".formatted(file.name(), file.id());
    }

    private static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        }
        return names;
    }
}
