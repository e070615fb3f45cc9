package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The desk of the process that has the queue: a daemon, or a command that holds the lock while none runs.
///
/// What is allowed is decided by the store, under its lock, so that a file whose turn comes meanwhile is
/// refused and not lost.
public final class LocalQueueDesk implements QueueDesk {
    private final BaseDirectory base;
    private final QueueStore store;
    private final FileSurveyor surveyor;
    private final Retirement retirement;
    private final InboxDrop drop;
    private final Optional<Taking> taking;

    private LocalQueueDesk(
            BaseDirectory base,
            QueueStore store,
            FileSurveyor surveyor,
            Retirement retirement,
            Optional<Taking> taking) {
        this.base = base;
        this.store = store;
        this.surveyor = surveyor;
        this.retirement = retirement;
        this.drop = new InboxDrop(base);
        this.taking = taking;
    }

    /// The desk of a daemon, whose intake takes what is added.
    public static LocalQueueDesk ofDaemon(
            BaseDirectory base, QueueStore store, FileSurveyor surveyor, InstantSource clock) {
        return new LocalQueueDesk(base, store, surveyor, retirement(base, store, surveyor, clock), Optional.empty());
    }

    /// The desk of a process that holds the lock while no daemon runs: takes itself what is added. A file that
    /// a dead daemon left in training can be held or removed: whatever kills a daemon must not do so at each
    /// start.
    public static LocalQueueDesk alone(
            BaseDirectory base, QueueStore store, FileSurveyor surveyor, InstantSource clock) {
        store.unsettled().stream().filter(f -> f.state() == FileState.TRAINING).forEach(store::died);
        Retirement retirement = retirement(base, store, surveyor, clock);
        Taking taking = new Taking(base, store, surveyor, retirement, FaultPoint.Observer.NONE);
        return new LocalQueueDesk(base, store, surveyor, retirement, Optional.of(taking));
    }

    private static Retirement retirement(
            BaseDirectory base, QueueStore store, FileSurveyor surveyor, InstantSource clock) {
        return new Retirement(base, store, surveyor, clock, FaultPoint.Observer.NONE);
    }

    @Override
    public DeskAnswer answer(DeskRequest request) throws IOException {
        try (QueueReader reader = QueueReader.open(base)) {
            return switch (request) {
                case DeskRequest.Reading reading -> reader.answer(reading);
                case DeskRequest.Add add -> add(reader, add);
                case DeskRequest.OfFile change ->
                    switch (reader.resolve(change.file())) {
                        case QueueReader.Resolved.Not(DeskAnswer.Refused refused) -> refused;
                        case QueueReader.Resolved.Found(FileSummary file) -> change(reader, change, file.id());
                    };
            };
        }
    }

    private DeskAnswer add(QueueReader reader, DeskRequest.Add add) throws IOException {
        Path source = Path.of(add.path());
        Optional<DeskAnswer.Refused> objection = InboxDrop.objection(source);
        if (objection.isPresent()) {
            return objection.get();
        }
        Path copy = drop.copy(source, add.priority());
        if (taking.isEmpty()) {
            return new DeskAnswer.Done("is in the inbox, and taken from there", null);
        }
        Candidate candidate = Candidate.of(base.inbox(), copy);
        Instant now = candidate.modified();
        boolean taken = taking.get()
                .take(List.of(new SettledFiles.Watched(candidate, store.newestArrivalGroup() + 1, now, now)))
                .isEmpty();
        return taken
                ? new DeskAnswer.Done("is in the queue", reader.require(store.newestId()))
                : new DeskAnswer.Done("is in the inbox, and taken from there when a daemon runs", null);
    }

    private DeskAnswer change(QueueReader reader, DeskRequest.OfFile request, long id) throws IOException {
        QueuedFile file = store.find(id).orElseThrow();
        if (request instanceof DeskRequest.Retry && isDoneWith(file.state())) {
            return requeue(reader, request, file);
        }
        return answer(reader, request, id, tried(request, file));
    }

    /// The file is looked at anew: whoever was faster has changed it.
    ///
    /// @param done what was done, in words; empty if the file's state did not allow it
    private static DeskAnswer answer(QueueReader reader, DeskRequest.OfFile request, long id, Optional<String> done) {
        FileSummary now = reader.require(id);
        return done.isPresent() ? new DeskAnswer.Done(done.get(), now) : Refusals.of(request, now);
    }

    /// Does it, if the file's state allows it.
    ///
    /// @return what was done, in words; empty if it was not allowed
    private Optional<String> tried(DeskRequest.OfFile request, QueuedFile file) throws IOException {
        long id = file.id();
        return switch (request) {
            case DeskRequest.Hold _ -> said(store.byHand().hold(id), "is held");
            case DeskRequest.Release _ -> said(store.byHand().release(id), "waits");
            case DeskRequest.Remove _ ->
                said(removable(file.state()) && retirement.remove(file), "is out of the queue, in removed/");
            case DeskRequest.Retry _ ->
                said(file.failures() > 0 && store.byHand().readyNow(id), "waits no longer for its back-off to end");
            case DeskRequest.Prioritize change ->
                said(
                        store.byHand().priority(id, change.priority()),
                        "has priority " + change.priority().word());
        };
    }

    private static Optional<String> said(boolean done, String what) {
        return done ? Optional.of(what) : Optional.empty();
    }

    /// No report is written for a file that stays where it is.
    private static boolean removable(FileState state) {
        return switch (state) {
            case WAITING, HELD, INTERRUPTED -> true;
            case TAKING, TRAINING, COMPLETED, SKIPPED, FAILED, REMOVED -> false;
        };
    }

    /// Whether a file of that state can be put back into the queue.
    private static boolean isDoneWith(FileState state) {
        return switch (state) {
            case SKIPPED, FAILED, REMOVED -> true;
            case TAKING, WAITING, HELD, TRAINING, INTERRUPTED, COMPLETED -> false;
        };
    }

    private DeskAnswer requeue(QueueReader reader, DeskRequest.OfFile request, QueuedFile file) throws IOException {
        Path path = file.path(base);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return unusable("%s is not there any more".formatted(path), "drop it into the inbox anew");
        }
        FileSurvey survey = surveyor.survey(path);
        if (survey.ledger().rows() == survey.ledger().rejected()) {
            return unusable(
                    "%s has no row that can be trained".formatted(path),
                    "see why with: ./stepwell show %d; correct the rows and drop it into the inbox anew"
                            .formatted(file.id()));
        }
        if (isChanged(file, survey) && store.attempts(file.id()) > 0) {
            return unusable(
                    "%s is not what it was when it was trained".formatted(path),
                    "drop it into the inbox, as another file");
        }
        boolean done = retirement.requeue(file, survey);
        return answer(reader, request, file.id(), said(done, "waits again"));
    }

    private static boolean isChanged(QueuedFile file, FileSurvey survey) {
        QueuedFile.Rows counted = file.rows();
        return counted != null && counted.sha256() != null && !counted.sha256().equals(survey.sha256());
    }

    private static DeskAnswer unusable(String problem, String remedy) {
        return new DeskAnswer.Refused(DeskAnswer.Reason.UNUSABLE_CONTENT, Printable.of(problem), remedy, List.of());
    }
}
