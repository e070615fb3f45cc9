package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Looks at the queue as [Recovery] would at the next start, and changes nothing.
///
/// @param damage    what SQLite finds wrong in the database, in its words, or why it cannot be read; empty if
///                  nothing
/// @param disorders where database and directories do not agree; not known, and so empty, if there is damage
/// @param latest    the latest time that the database knows; empty if it knows none
public record QueueCheckup(List<String> damage, List<Disorder> disorders, Optional<Instant> latest) {
    private static final String LATEST = "SELECT max(t) FROM (SELECT max(arrived_at) AS t FROM file"
            + " UNION ALL SELECT max(began_at) FROM attempt UNION ALL SELECT max(ended_at) FROM attempt)";

    public QueueCheckup {
        damage = List.copyOf(damage);
        disorders = List.copyOf(disorders);
    }

    /// Looks. Beside a working daemon what it finds may be work in progress.
    ///
    /// @throws IOException if a directory cannot be read
    public static QueueCheckup of(BaseDirectory base) throws IOException {
        if (Files.notExists(base.database())) {
            return new QueueCheckup(
                    List.of(), Inspection.of(base, List.of(), id -> Optional.empty()), Optional.empty());
        }
        try (Handle handle = SqliteFile.openToRead(base.database())) {
            List<String> integrity = handle.createQuery("PRAGMA integrity_check")
                    .mapTo(String.class)
                    .list();
            if (!integrity.equals(List.of("ok"))) {
                return new QueueCheckup(integrity, List.of(), Optional.empty());
            }
            QueueStatements files = new QueueStatements(handle, Instant::now);
            Optional<Instant> latest =
                    handle.createQuery(LATEST).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
            return new QueueCheckup(List.of(), Inspection.of(base, files.unsettled(), files::find), latest);
        } catch (JdbiException e) {
            return new QueueCheckup(
                    List.of("cannot be read: %s".formatted(e.getMessage())), List.of(), Optional.empty());
        }
    }
}
