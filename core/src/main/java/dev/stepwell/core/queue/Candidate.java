package dev.stepwell.core.queue;

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
