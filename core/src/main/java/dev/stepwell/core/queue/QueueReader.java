package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Reads the queue from its database without a lock and without changing anything, while a daemon works or none
/// does.
public final class QueueReader implements AutoCloseable {
    private static final int SHOWN_NAMESAKES = 10;

    private final Handle handle;
    private final FileViews views;

    private QueueReader(BaseDirectory base, Handle handle) {
        this.handle = handle;
        this.views = new FileViews(base, handle);
    }

    /// Opens the database of `base`, which must exist.
    ///
    /// @throws IllegalStateException if it is no such database or one of another version, with the remedy
    public static QueueReader open(BaseDirectory base) {
        try {
            Handle handle = SqliteFile.openToRead(base.database());
            try {
                requireVersion(handle);
                return new QueueReader(base, handle);
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        } catch (JdbiException e) {
            throw new IllegalStateException(
                    "the database %s cannot be read: %s".formatted(base.database(), e.getMessage()), e);
        }
    }

    private static void requireVersion(Handle handle) {
        int found = QueueSchema.version(handle);
        if (found > QueueSchema.VERSION) {
            throw QueueSchema.newer(found);
        }
        if (found < QueueSchema.VERSION) {
            throw new IllegalStateException(
                    "the database is of an older stepwell; start this one there once, and it is brought up to date");
        }
    }

    /// Whether `base` has a queue to read.
    public static boolean exists(BaseDirectory base) {
        return Files.exists(base.database());
    }

    /// Answers a request that changes nothing.
    ///
    /// @throws IOException if the folder of the checkpoints cannot be read
    public DeskAnswer answer(DeskRequest.Reading request) throws IOException {
        return switch (request) {
            case DeskRequest.ListFiles list -> new DeskAnswer.Listing(views.counts(), views.list(list));
            case DeskRequest.Show show ->
                switch (resolve(show.file())) {
                    case Resolved.Found(FileSummary file) -> new DeskAnswer.Details(views.details(file));
                    case Resolved.Not(DeskAnswer.Refused refused) -> refused;
                };
        };
    }

    /// What the queue amounts to. Takes the longer the more files there ever were: some ten milliseconds for ten
    /// thousand.
    public QueueTotals totals() {
        return views.totals();
    }

    /// The file `id`, which exists.
    FileSummary require(long id) {
        return views.find(id).orElseThrow();
    }

    /// What somebody meant by an id or a name.
    sealed interface Resolved {
        record Found(FileSummary file) implements Resolved {}

        record Not(DeskAnswer.Refused refused) implements Resolved {}
    }

    Resolved resolve(String which) {
        Optional<FileSummary> byId = which.matches("\\d{1,18}") ? views.find(Long.parseLong(which)) : Optional.empty();
        if (byId.isPresent()) {
            return new Resolved.Found(byId.get());
        }
        List<FileSummary> named = views.named(which, SHOWN_NAMESAKES + 1);
        return switch (named.size()) {
            case 0 ->
                refused(
                        DeskAnswer.Reason.UNKNOWN_FILE,
                        "no file of the queue has the id or name '%s'".formatted(Printable.of(which)),
                        "see which there are with: ./stepwell list --all",
                        List.of());
            case 1 -> new Resolved.Found(named.getFirst());
            default -> ambiguous(which, named);
        };
    }

    private static Resolved ambiguous(String which, List<FileSummary> named) {
        List<FileSummary> shown = named.subList(0, Math.min(named.size(), SHOWN_NAMESAKES));
        String files = String.join(
                ", ",
                shown.stream()
                        .map(f -> "%d (%s)".formatted(f.id(), f.state().word()))
                        .toList());
        return refused(
                DeskAnswer.Reason.AMBIGUOUS_NAME,
                "several files are named '%s': %s%s"
                        .formatted(Printable.of(which), files, named.size() > shown.size() ? ", …" : ""),
                "name the one you mean by its id",
                shown.stream().map(FileSummary::id).toList());
    }

    private static Resolved refused(DeskAnswer.Reason reason, String problem, String remedy, List<Long> ids) {
        return new Resolved.Not(new DeskAnswer.Refused(reason, problem, remedy, ids));
    }

    @Override
    public void close() {
        handle.close();
    }
}
