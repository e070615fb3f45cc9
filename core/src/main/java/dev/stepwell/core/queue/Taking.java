package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings files from the inbox into the queue, a batch at a time.
///
/// ```
///  1. a row in state `taking` gives each file its id
///  2. each is renamed to queue/<id>__<name>, and the directories are flushed
///  3. its rows are counted
///  4. all of the batch wait, in one transaction; copies of known files are held or skipped, and what has no
///     row that can be trained or asked goes to failed/
/// ```
///
/// [Recovery] goes on from wherever a crash left it, and [#goOn] from where an error did. A batch costs two
/// transactions and a flush for each directory, however many files it holds; files of a batch begin to wait at the
/// same moment, so the queue's size grows at once.
final class Taking {
    private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final FileSurveyor surveyor;
    private final Retirement retirement;
    private final FaultPoint.Observer faults;
    /// Files of a batch that neither wait nor are settled yet. None between two batches, unless an error cut one
    /// short.
    private final Set<Long> inHand = new LinkedHashSet<>();
    /// Those of them that are counted, so that a disk which is full for hours does not have them read over and
    /// over.
    private final Map<Long, FileSurvey> counted = new HashMap<>();

    Taking(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            Retirement retirement,
            FaultPoint.Observer faults) {
        this.base = base;
        this.store = store;
        this.surveyor = surveyor;
        this.retirement = retirement;
        this.faults = faults;
    }

    /// Takes `batch`.
    ///
    /// @return those that could not be moved, with the reason; they are still in the inbox
    /// @throws IOException if the queue directory or the database cannot be written; [#goOn] finishes it
    Map<Path, String> take(List<SettledFiles.Watched> batch) throws IOException {
        List<QueuedFile> rows = store.beginTaking(
                batch.stream().map(w -> w.candidate().arrival(w.group())).toList());
        rows.forEach(row -> inHand.add(row.id()));
        faults.reached(FaultPoint.TAKING_RECORDED);
        List<QueuedFile> moved = new ArrayList<>(rows.size());
        Map<Path, String> stuck = new HashMap<>();
        Set<Path> touched = new LinkedHashSet<>(Set.of(base.queue()));
        for (int i = 0; i < rows.size(); i++) {
            Candidate candidate = batch.get(i).candidate();
            Path from = candidate.path();
            try {
                move(from, rows.get(i).path(base));
                moved.add(rows.get(i));
                touched.add(candidate.directory());
            } catch (NoSuchFileException _) { // Its owner took it back: as if it had never been there.
                forget(rows.get(i));
            } catch (IOException e) {
                if (StorageFault.of(e).orElse(null) == StorageFault.NO_SPACE) {
                    throw e; // Not the file's fault: it keeps its id and its place.
                }
                forget(rows.get(i));
                stuck.put(from, "cannot be taken: " + e);
            }
        }
        sync(touched);
        faults.reached(FaultPoint.TAKING_MOVED);
        count(moved);
        return stuck;
    }

    /// Finishes a batch that an error cut short, as [Recovery] would at the next start; nothing if there is none.
    ///
    /// @return whether there was one
    /// @throws IOException if the error lasts; to be called again then
    boolean goOn() throws IOException {
        if (inHand.isEmpty()) {
            return false;
        }
        List<QueuedFile> toCount = new ArrayList<>();
        Set<Path> touched = new LinkedHashSet<>(Set.of(base.queue()));
        for (long id : List.copyOf(inHand)) {
            Optional<QueuedFile> row = store.find(id);
            if (row.isPresent() && row.get().state() == FileState.TAKING) {
                QueuedFile file = row.get();
                boolean queued = Files.exists(file.path(base), LinkOption.NOFOLLOW_LINKS);
                repair(Inspection.taking(base, file, queued)).ifPresentOrElse(toCount::add, () -> settled(file));
                touched.add(base.inbox().resolve(file.source()).getParent());
            } else if (row.isPresent()) { // Its report and its row are there.
                Path queued = base.queue().resolve(row.get().storedName());
                if (Files.exists(queued, LinkOption.NOFOLLOW_LINKS)) {
                    AtomicFiles.move(queued, row.get().path(base));
                }
                settled(row.get());
            } else {
                inHand.remove(id);
            }
        }
        sync(touched);
        count(toCount);
        return true;
    }

    /// Puts right how a crash, or an error, left a file that was being taken.
    ///
    /// @return the file, if it is in the queue directory now and has to be counted
    /// @throws IOException if it cannot be moved
    Optional<QueuedFile> repair(Disorder.TakingCutShort begun) throws IOException {
        return switch (begun) {
            case Disorder.NotCounted(QueuedFile file, Path original) -> {
                if (original != null) {
                    Files.delete(original);
                }
                yield Optional.of(file);
            }
            case Disorder.NotMoved(QueuedFile file, Path source) -> {
                AtomicFiles.moveAcross(source, file.path(base));
                yield Optional.of(file);
            }
            case Disorder.NotThere(QueuedFile file) -> {
                store.forget(file);
                yield Optional.empty();
            }
        };
    }

    /// Counts files that lie in the queue directory and lets them wait.
    ///
    /// @throws IOException if one without a usable row cannot be put into `failed/`
    void count(List<QueuedFile> taken) throws IOException {
        List<Surveyed> usable = new ArrayList<>(taken.size());
        for (QueuedFile file : taken) {
            Path path = file.path(base);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                giveUp(file, null, "NotAFile", "is not a regular file any more");
                continue;
            }
            FileSurvey survey = counted.get(file.id());
            if (survey == null) {
                try {
                    survey = surveyor.survey(path);
                } catch (IOException e) {
                    giveUp(file, null, "Unreadable", "cannot be read: " + e);
                    continue;
                }
                counted.put(file.id(), survey);
            }
            if (survey.ledger().rows() > survey.ledger().rejected()) {
                usable.add(new Surveyed(file, survey));
            } else {
                giveUp(file, survey, "NoUsableRow", noUsableRow(survey));
            }
        }
        faults.reached(FaultPoint.TAKING_COUNTED);
        if (!usable.isEmpty()) {
            enqueue(usable);
        }
        faults.reached(FaultPoint.TAKING_DONE);
    }

    private void enqueue(List<Surveyed> usable) throws IOException {
        List<Duplicate> duplicates = store.enqueue(usable);
        Set<Long> copies = new HashSet<>();
        duplicates.forEach(duplicate -> copies.add(duplicate.copy().file().id()));
        for (Surveyed s : usable) {
            if (!copies.contains(s.file().id())) {
                settled(s.file());
                LOG.info(
                        "{} (id {}) waits: {}, {} rows{}, {} rejected, {} steps",
                        Printable.of(s.file().name()),
                        s.file().id(),
                        Printable.of(s.survey().format().words()),
                        s.survey().ledger().rows(),
                        heldOut(s.survey().ledger()),
                        s.survey().ledger().rejected(),
                        s.survey().plannedSteps());
            }
        }
        for (Duplicate duplicate : duplicates) {
            QueuedFile copy = duplicate.copy().file();
            switch (duplicate.treatment()) {
                case SKIP -> retirement.skip(copy, duplicate.copy().survey(), duplicate.original());
                case HOLD ->
                    LOG.warn(
                            "{} (id {}) is held: it has the same content as {}; train it with: ./stepwell release {}",
                            Printable.of(copy.name()),
                            copy.id(),
                            Retirement.known(duplicate.original()),
                            copy.id());
                case TRAIN -> throw new IllegalStateException(copy + " is no copy to be dealt with");
            }
            settled(copy);
        }
    }

    private static String heldOut(RowLedger ledger) {
        return ledger.heldOut() == 0 ? "" : ", %d held out".formatted(ledger.heldOut());
    }

    private void giveUp(QueuedFile file, @Nullable FileSurvey survey, String type, String message) throws IOException {
        retirement.giveUp(file, survey, type, message);
        settled(file);
    }

    private void forget(QueuedFile file) {
        store.forget(file);
        settled(file);
    }

    /// Nothing is left to do here for a file.
    private void settled(QueuedFile file) {
        inHand.remove(file.id());
        counted.remove(file.id());
    }

    private static void sync(Set<Path> directories) throws IOException {
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) { // A folder of the inbox may go as soon as it is empty.
                AtomicFiles.syncDirectory(directory);
            }
        }
    }

    private static String noUsableRow(FileSurvey survey) {
        long rows = survey.ledger().rows();
        return rows == 0
                ? "is empty"
                : "has no row that can be trained: %d of %d are rejected, and the report says why"
                        .formatted(survey.ledger().rejected(), rows);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            AtomicFiles.moveAcross(from, to);
        }
    }
}
