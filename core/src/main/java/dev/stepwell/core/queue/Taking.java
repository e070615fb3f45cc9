package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings files from the inbox into the queue, a batch at a time.
///
/// ```
///  1. a row in state `taking` gives each file its id
///  2. each is renamed to queue/<id>__<name>, and the directories are flushed
///  3. its rows are counted
///  4. all of the batch wait, in one transaction; copies of known files are held or skipped, and what has no
///     usable row goes to failed/
/// ```
///
/// [Recovery] goes on from wherever a crash left it. A batch costs two transactions and a flush for each directory,
/// however many files it holds; files of a batch begin to wait at the same moment, so the queue's size grows at once.
final class Taking {
    private static final Logger LOG = LoggerFactory.getLogger(Taking.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final FileSurveyor surveyor;
    private final Retirement retirement;
    private final FaultPoint.Observer faults;

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
    /// @throws IOException if the queue directory or the database cannot be written
    Map<Path, String> take(List<SettledFiles.Watched> batch) throws IOException {
        List<QueuedFile> rows = store.beginTaking(
                batch.stream().map(w -> w.candidate().arrival(w.group())).toList());
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
                store.forget(rows.get(i));
            } catch (IOException e) {
                store.forget(rows.get(i));
                stuck.put(from, "cannot be taken: " + e);
            }
        }
        for (Path directory : touched) {
            if (Files.isDirectory(directory)) { // A folder of the inbox may go as soon as it is empty.
                AtomicFiles.syncDirectory(directory);
            }
        }
        faults.reached(FaultPoint.TAKING_MOVED);
        count(moved);
        return stuck;
    }

    /// Counts files that lie in the queue directory and lets them wait.
    ///
    /// @throws IOException if one without a usable row cannot be put into `failed/`
    void count(List<QueuedFile> taken) throws IOException {
        List<Surveyed> usable = new ArrayList<>(taken.size());
        for (QueuedFile file : taken) {
            Path path = file.path(base);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                retirement.giveUp(file, null, "NotAFile", "is not a regular file any more");
                continue;
            }
            try {
                FileSurvey survey = surveyor.survey(path);
                if (survey.ledger().usable() > 0) {
                    usable.add(new Surveyed(file, survey));
                } else {
                    retirement.giveUp(file, survey, "NoUsableRow", noUsableRow(survey));
                }
            } catch (IOException e) {
                retirement.giveUp(file, null, "Unreadable", "cannot be read: " + e);
            }
        }
        faults.reached(FaultPoint.TAKING_COUNTED);
        if (!usable.isEmpty()) {
            enqueue(usable);
        }
        faults.reached(FaultPoint.TAKING_DONE);
    }

    private void enqueue(List<Surveyed> usable) throws IOException {
        Set<Long> copies = new HashSet<>();
        for (Duplicate duplicate : store.enqueue(usable)) {
            QueuedFile copy = duplicate.copy().file();
            copies.add(copy.id());
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
        }
        for (Surveyed s : usable) {
            if (!copies.contains(s.file().id())) {
                LOG.info(
                        "{} (id {}) waits: {} rows, {} rejected, {} steps",
                        Printable.of(s.file().name()),
                        s.file().id(),
                        s.survey().ledger().rows(),
                        s.survey().ledger().rejected(),
                        s.survey().plannedSteps());
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
