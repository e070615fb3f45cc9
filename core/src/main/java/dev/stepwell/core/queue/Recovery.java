package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurveyor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings database and directories into agreement at start, in whichever order a crash left them.
///
/// [Inspection] finds what is to be done, as a list of [Disorder]s; this does it. The directories are made to
/// follow the database. Only a file without a row, or a row without a file, changes the database.
///
/// | found | done |
/// |---|---|
/// | row *taking*, file in the queue | counted; waits |
/// | row *taking*, file in the inbox as it was | moved, counted; waits |
/// | row *taking*, file nowhere, or another by now | row forgotten; what is in the inbox is taken anew |
/// | row *training* | interrupted, first in line; one more death is counted in its attempt |
/// | row unsettled, file in archive/, failed/ or removed/ | file moved back |
/// | row unsettled, file nowhere | failed, with report |
/// | row settled, file in the queue | file moved to where it belongs |
/// | file in the queue, no row | given a row; waits |
/// | temporary file | removed |
/// | half a copy in the inbox, its writer dead | removed |
///
/// Runs before the intake and the daemon, alone. Running it again repairs nothing more; so it may itself be
/// killed at any moment.
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final Retirement retirement;
    private final Taking taking;

    /// @param retirement of files that turn out to be gone or good for nothing
    public Recovery(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            Retirement retirement,
            FaultPoint.Observer faults) {
        this.base = base;
        this.store = store;
        this.retirement = retirement;
        this.taking = new Taking(base, store, surveyor, retirement, faults);
    }

    /// Repairs everything, saying each repair in one line of the log.
    ///
    /// @throws IOException if a directory cannot be read or a file not be moved
    public List<Repair> run() throws IOException {
        reserveIds();
        List<Repair> repairs = new ArrayList<>();
        List<QueuedFile> toCount = new ArrayList<>();
        long group = store.newestArrivalGroup() + 1;
        for (Disorder disorder : Inspection.of(base, store.unsettled(), store::find)) {
            repair(disorder, group, toCount);
            Repair repair = Repair.of(disorder);
            LOG.warn("recovery: {}", repair);
            repairs.add(repair);
        }
        taking.count(toCount);
        store.endDrainIfDone();
        return List.copyOf(repairs);
    }

    private void repair(Disorder disorder, long group, List<QueuedFile> toCount) throws IOException {
        switch (disorder) {
            case Disorder.Leftover(Path file) -> Files.delete(file);
            case Disorder.AbandonedCopy(Path file) -> UnfinishedCopy.remove(file);
            case Disorder.TakingCutShort begun -> taking.repair(begun).ifPresent(toCount::add);
            case Disorder.TrainingCutShort(QueuedFile file) -> store.died(file);
            case Disorder.NotDone(QueuedFile file, Path at) -> AtomicFiles.move(at, file.path(base));
            case Disorder.NotRetired(QueuedFile _, Path at, Path to) -> AtomicFiles.move(at, to);
            case Disorder.Missing(QueuedFile file) ->
                retirement.giveUp(
                        file,
                        null,
                        "FileMissing",
                        "has lost its file, which is not in queue/ any more: drop it into inbox/ again");
            case Disorder.Unknown(Path file, boolean idIsFree) -> toCount.add(adopt(file, idIsFree, group));
        }
    }

    /// A database made anew beside files of an old one must not give out their ids again.
    private void reserveIds() throws IOException {
        if (store.newestId() > 0) {
            return;
        }
        long newest = 0;
        for (Path directory : base.directories()) {
            for (String name : Inspection.names(directory)) {
                newest = Math.max(newest, StoredName.idOf(name).orElse(0));
            }
        }
        store.reserveIds(newest);
    }

    private QueuedFile adopt(Path path, boolean idIsFree, long group) throws IOException {
        String name = path.getFileName().toString();
        long id = idIsFree ? StoredName.idOf(name).orElseThrow() : store.newestId() + 1;
        String original = StoredName.nameOf(name);
        String stored = StoredName.of(id, original, path.getFileSystem());
        Instant modified = Instant.ofEpochMilli(Files.getLastModifiedTime(path).toMillis());
        Arrival arrival = new Arrival(original, name, Files.size(path), modified, Priority.NORMAL, group);
        QueuedFile file = store.adopt(id, stored, arrival);
        if (!stored.equals(name)) {
            AtomicFiles.move(path, file.path(base));
        }
        return file;
    }
}
