package dev.stepwell.core.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/// A file in the inbox that could be taken.
///
/// @param path     where it is
/// @param relative its path from the inbox
/// @param bytes    its size now
/// @param modified when it was last written
record Candidate(Path path, Path relative, long bytes, Instant modified) {
    /// The file `path`, which lies in `inbox`, as it is now.
    ///
    /// @throws IOException if its attributes cannot be read
    static Candidate of(Path inbox, Path path) throws IOException {
        // Whole milliseconds, as the database keeps them.
        Instant modified = Instant.ofEpochMilli(Files.getLastModifiedTime(path).toMillis());
        return new Candidate(path, inbox.relativize(path), Files.size(path), modified);
    }

    String name() {
        return path.getFileName().toString();
    }

    /// The folder in which it lies.
    Path directory() {
        return Objects.requireNonNull(path.getParent(), "a candidate lies in a folder");
    }

    Arrival arrival(long group) {
        return new Arrival(name(), relative.toString(), bytes, modified, Priority.of(relative), group);
    }
}
