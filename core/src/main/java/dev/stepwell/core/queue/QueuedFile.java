package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file that was taken, as its row in the database says.
///
/// @param id         its identity, never used twice
/// @param name       its name as dropped
/// @param storedName its name on disk, `<id>__<name>`
/// @param source     its path from the inbox when it was taken; for one found in the queue, its name there
/// @param bytes      its size when it was taken
/// @param modified   when it was last written before it was taken
/// @param held       why it is held; null if it is not
/// @param arrivedAt  when it was taken
/// @param failures   failed attempts since it was queued, or since somebody asked for it to be tried again
/// @param rows       what it holds; null until it is counted
public record QueuedFile(
        long id,
        String name,
        String storedName,
        String source,
        long bytes,
        Instant modified,
        FileState state,
        @Nullable HoldReason held,
        Priority priority,
        Instant arrivedAt,
        int failures,
        @Nullable Rows rows) {

    /// One that is not held.
    public QueuedFile(
            long id,
            String name,
            String storedName,
            String source,
            long bytes,
            Instant modified,
            FileState state,
            Priority priority,
            Instant arrivedAt,
            int failures,
            @Nullable Rows rows) {
        this(id, name, storedName, source, bytes, modified, state, null, priority, arrivedAt, failures, rows);
    }

    /// Counts from the survey of a file.
    ///
    /// @param total        rows
    /// @param heldOut      of them, asked and never trained
    /// @param rejected     of them, refused
    /// @param truncated    of the usable ones, cut
    /// @param plannedSteps optimizer steps that training the usable ones takes, over all epochs
    /// @param expectedTokens tokens that this takes, by a sample of them; 0 if none was taken
    /// @param sha256       of its bytes, in hexadecimal; null for a file that an older program counted
    /// @param format       what its rows are, in words; null for a file that an older program counted
    public record Rows(
            long total,
            long heldOut,
            long rejected,
            long truncated,
            long plannedSteps,
            long expectedTokens,
            @Nullable String sha256,
            @Nullable String format) {
        /// Rows that are trained.
        public long usable() {
            return total - heldOut - rejected;
        }
    }

    /// The same in another state than held.
    QueuedFile in(FileState newState) {
        return new QueuedFile(
                id, name, storedName, source, bytes, modified, newState, priority, arrivedAt, failures, rows);
    }

    /// Where the file belongs in its present state.
    ///
    /// @throws IllegalStateException if this process's locale cannot write the name, which another one's could
    public Path path(BaseDirectory base) {
        try {
            return state.directory(base).resolve(storedName);
        } catch (InvalidPathException e) {
            throw new IllegalStateException(
                    "file %d has a name that cannot be written in the encoding %s of this process: start it with a"
                                    .formatted(id, System.getProperty("sun.jnu.encoding"))
                            + " UTF-8 locale, such as LC_ALL=C.UTF-8",
                    e);
        }
    }

    /// The name of the report that lies beside the file once it is settled.
    public String reportName() {
        return storedName + StoredName.REPORT_SUFFIX;
    }

    /// Optimizer steps it will take; 0 until it is counted.
    public long plannedSteps() {
        return rows == null ? 0 : rows.plannedSteps();
    }

    /// Tokens that this is expected to take; 0 if nobody knows.
    public long expectedTokens() {
        return rows == null ? 0 : rows.expectedTokens();
    }
}
