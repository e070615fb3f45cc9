package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What changes in the database while files are taken from the inbox: from the moment they have an id until they wait
/// for their turn, or are held, let go by or forgotten.
final class TakingChanges {
    private final QueueTransactions transactions;
    private final QueueStatements files;
    private final AttemptStatements attempts;
    private final Duplicates duplicates;
    private final FileSystem fileSystem;

    /// @param duplicates what becomes of files whose content is known
    /// @param fileSystem on which files are stored
    TakingChanges(
            QueueTransactions transactions,
            QueueStatements files,
            AttemptStatements attempts,
            Duplicates duplicates,
            FileSystem fileSystem) {
        this.transactions = transactions;
        this.files = files;
        this.attempts = attempts;
        this.duplicates = duplicates;
        this.fileSystem = fileSystem;
    }

    /// Lets a file of known content, which was being taken, go by untrained.
    void skip(QueuedFile file, FileSurvey survey, QueuedFile original) {
        transactions.changeRest(() -> {
            files.survey(file.id(), survey);
            files.duplicateOf(file.id(), original.id());
            files.state(file.id(), FileState.SKIPPED);
        });
    }

    /// Gives files of the inbox their identities, before they are moved.
    List<QueuedFile> begin(List<Arrival> arrivals) {
        return transactions.write(() -> {
            List<QueuedFile> taken = new ArrayList<>(arrivals.size());
            for (Arrival arrival : arrivals) {
                long id = files.newestId() + 1;
                files.insert(id, StoredName.of(id, arrival.name(), fileSystem), arrival);
                taken.add(files.find(id).orElseThrow());
            }
            return taken;
        });
    }

    /// Gives a file that was found in the queue directory without a row the row it should have.
    QueuedFile adopt(long id, String storedName, Arrival arrival) {
        return transactions.write(() -> {
            files.insert(id, storedName, arrival);
            return files.find(id).orElseThrow();
        });
    }

    /// Forgets a file that was gone before it could be taken.
    void forget(QueuedFile file) {
        transactions.changeRest(() -> files.delete(file.id()));
    }

    /// Lets taken files wait for their turn, all at once, but for those whose content is known, which are dealt
    /// with by policy. Two of a batch can be copies of each other; the first of them waits.
    ///
    /// @return the copies, unless they are trained like others
    List<Duplicate> enqueue(List<Surveyed> batch) {
        List<Duplicate> copies = new ArrayList<>();
        transactions.change(() -> {
            Waiting queued = Waiting.NONE;
            for (Surveyed s : batch) {
                queued = queued.plus(enqueued(s, copies));
            }
            if (queued.files() > 0) {
                attempts.beginDrain();
            }
            return queued;
        });
        return copies;
    }

    private Waiting enqueued(Surveyed s, List<Duplicate> copies) {
        long id = s.file().id();
        Optional<QueuedFile> original = files.original(id, s.survey().sha256());
        Duplicates treatment = original.isEmpty() ? Duplicates.TRAIN : duplicates;
        if (treatment != Duplicates.TRAIN) {
            copies.add(new Duplicate(s, original.orElseThrow(), treatment));
        }
        return switch (treatment) {
            case SKIP -> Waiting.NONE; // Its report comes first.
            case HOLD -> {
                recorded(s, original);
                files.hold(id, HoldReason.DUPLICATE);
                yield Waiting.ONE_COPY;
            }
            case TRAIN -> {
                recorded(s, original);
                files.state(id, FileState.WAITING);
                yield Waiting.one(
                        s.file(), s.survey().plannedSteps(), s.survey().expectedTokens());
            }
        };
    }

    private void recorded(Surveyed s, Optional<QueuedFile> original) {
        files.survey(s.file().id(), s.survey());
        original.ifPresent(o -> files.duplicateOf(s.file().id(), o.id()));
    }
}
