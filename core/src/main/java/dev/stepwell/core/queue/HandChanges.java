package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What users change in the queue, in the database. Each change says whether the file's state allowed it, which
/// is decided under the lock: a file whose turn comes at the same moment is refused.
final class HandChanges {
    private final QueueTransactions transactions;
    private final QueueStatements files;
    private final AttemptStatements attempts;

    HandChanges(QueueTransactions transactions, QueueStatements files, AttemptStatements attempts) {
        this.transactions = transactions;
        this.files = files;
        this.attempts = attempts;
    }

    /// Takes its turn from a file that waits or was interrupted.
    boolean hold(long id) {
        return changeIf(id, Set.of(FileState.WAITING, FileState.INTERRUPTED), file -> {
            endInterrupted(id);
            files.hold(id, HoldReason.BY_HAND);
            return Waiting.NONE;
        });
    }

    /// Gives a held file its turn back.
    boolean release(long id) {
        return changeIf(id, Set.of(FileState.HELD), file -> {
            files.state(id, FileState.WAITING);
            attempts.beginDrain();
            return Waiting.one(file);
        });
    }

    /// Takes a file out of the queue that is not in training.
    boolean remove(long id) {
        return changeIf(id, Set.of(FileState.WAITING, FileState.HELD, FileState.INTERRUPTED), file -> {
            endInterrupted(id);
            files.state(id, FileState.REMOVED);
            return Waiting.NONE;
        });
    }

    /// Puts a file back with which the queue was done, as if it had never failed. Its file lies there already.
    ///
    /// @param survey what it holds now
    boolean requeue(long id, FileSurvey survey) {
        return changeIf(id, Set.of(FileState.FAILED, FileState.SKIPPED, FileState.REMOVED), file -> {
            files.survey(id, survey);
            files.fresh(id);
            attempts.beginDrain();
            return Waiting.one(file, survey.plannedSteps(), survey.expectedTokens());
        });
    }

    /// Ends the back-off of a file that waits.
    boolean readyNow(long id) {
        return changeIf(id, Set.of(FileState.WAITING), file -> {
            files.readyNow(id);
            return Waiting.of(file);
        });
    }

    /// Gives a file that has not had its turn another priority.
    boolean priority(long id, Priority priority) {
        return changeIf(id, Set.of(FileState.WAITING, FileState.HELD), file -> {
            files.priority(id, priority);
            return Waiting.of(file);
        });
    }

    /// N would go back if the attempt were resumed after others had begun: the next one is a new one.
    private void endInterrupted(long id) {
        attempts.open(id).ifPresent(a -> attempts.ended(a.id(), FileState.INTERRUPTED, null));
    }

    /// @param from   states that allow it
    /// @param change does it, and says what the file adds to those that wait then
    private boolean changeIf(long id, Set<FileState> from, Function<QueuedFile, Waiting> change) {
        return transactions.exclusively(() -> {
            Optional<QueuedFile> file = files.find(id).filter(f -> from.contains(f.state()));
            file.ifPresent(f -> transactions.change(() -> change.apply(f).minus(Waiting.of(f))));
            return file.isPresent();
        });
    }
}
