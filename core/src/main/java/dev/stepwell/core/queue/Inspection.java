package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares database and directories, and changes neither.
///
/// The row is the truth about a file's state, because it is written in one transaction; the directories have to
/// follow.
final class Inspection {
    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);

    private final BaseDirectory base;
    private final LongFunction<Optional<QueuedFile>> rows;
    private final List<Disorder> found = new ArrayList<>();

    private Inspection(BaseDirectory base, LongFunction<Optional<QueuedFile>> rows) {
        this.base = base;
        this.rows = rows;
    }

    /// Everything that is not as it should be, in the order in which it is to be put right.
    ///
    /// @param unsettled every row that is not settled, by id
    /// @param rows      any row by its id
    /// @throws IOException if a directory cannot be read
    static List<Disorder> of(BaseDirectory base, List<QueuedFile> unsettled, LongFunction<Optional<QueuedFile>> rows)
            throws IOException {
        Inspection inspection = new Inspection(base, rows);
        Set<String> queued = inspection.leftovers();
        inspection.abandonedCopies();
        for (QueuedFile file : unsettled) {
            inspection.row(file, queued.remove(file.storedName()));
        }
        for (String name : queued) {
            inspection.withoutUnsettledRow(name);
        }
        return List.copyOf(inspection.found);
    }

    /// The names in a directory; none if it is not there.
    static List<String> names(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    names.add(entry.getFileName().toString());
                }
            }
        }
        return names;
    }

    /// @return what is in the queue beside temporary files
    private Set<String> leftovers() throws IOException {
        Set<String> queued = new TreeSet<>();
        // Not status/ and run/: their temporary files may be this very process's, and are overwritten by the next.
        for (Path directory : Stream.concat(base.directories().stream(), Stream.of(base.root()))
                .toList()) {
            for (String name : names(directory)) {
                Path path = directory.resolve(name);
                if (AtomicFiles.isAside(name) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new Disorder.Leftover(path));
                } else if (directory.equals(base.queue())) {
                    queued.add(name);
                }
            }
        }
        return queued;
    }

    private void abandonedCopies() {
        try {
            new InboxDrop(base).abandoned().forEach(copy -> found.add(new Disorder.AbandonedCopy(copy)));
        } catch (IOException e) { // The intake says so, too, and tries again; until then nothing is known.
            LOG.debug("the inbox cannot be looked through for unfinished copies", e);
        }
    }

    private void row(QueuedFile file, boolean queued) throws IOException {
        if (file.state() == FileState.TAKING) {
            found.add(taking(base, file, queued));
            return;
        }
        if (file.state() == FileState.TRAINING) {
            found.add(new Disorder.TrainingCutShort(file));
        }
        if (!queued) {
            found.add(lost(file.state() == FileState.TRAINING ? file.in(FileState.INTERRUPTED) : file));
        }
    }

    /// How far a file came whose taking was cut short.
    ///
    /// @param file   in state *taking*
    /// @param queued whether it is in the queue directory
    static Disorder.TakingCutShort taking(BaseDirectory base, QueuedFile file, boolean queued) throws IOException {
        Path source = source(base, file);
        boolean asRecorded = source != null
                && Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
                && Files.size(source) == file.bytes()
                && Files.getLastModifiedTime(source).toMillis()
                        == file.modified().toEpochMilli();
        if (!queued) {
            return source != null && asRecorded ? new Disorder.NotMoved(file, source) : new Disorder.NotThere(file);
        }
        // A file from another file system is copied and then removed; a crash between the two leaves it twice.
        boolean copied = source != null
                && asRecorded
                && Files.size(file.path(base)) == file.bytes()
                && !Files.getFileStore(source).equals(Files.getFileStore(file.path(base)));
        return new Disorder.NotCounted(file, copied ? source : null);
    }

    /// Where a file lay in the inbox; null if this process's locale cannot write its name, and so cannot look
    /// for it.
    private static @Nullable Path source(BaseDirectory base, QueuedFile file) {
        try {
            return base.inbox().resolve(file.source());
        } catch (InvalidPathException _) {
            return null;
        }
    }

    private Disorder lost(QueuedFile file) {
        for (Path directory : base.settled()) {
            Path misplaced = directory.resolve(file.storedName());
            if (Files.exists(misplaced, LinkOption.NOFOLLOW_LINKS)) {
                return new Disorder.NotDone(file, misplaced);
            }
        }
        return new Disorder.Missing(file);
    }

    private void withoutUnsettledRow(String name) {
        Path path = base.queue().resolve(name);
        OptionalLong id = StoredName.idOf(name);
        Optional<QueuedFile> row = id.isPresent() ? rows.apply(id.getAsLong()) : Optional.empty();
        if (row.isPresent() && row.get().storedName().equals(name)) {
            found.add(new Disorder.NotRetired(row.get(), path, row.get().path(base)));
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || !InboxListing.isData(name)) {
            LOG.warn("queue/{} is no data file and has no business there; it is left alone", Printable.of(name));
        } else {
            found.add(new Disorder.Unknown(path, row.isEmpty() && id.isPresent()));
        }
    }
}
