package dev.stepwell.core.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that can be kept or deleted: a checkpoint, a snapshot, a file of the archive with its report.
///
/// @param name       what it is called in its folder
/// @param time       when it was made: tells its day, not its place in the order
/// @param bytes      what deleting it would free at most
/// @param protection why it is kept in any case; null if the budgets decide
public record Item(
        String name, Instant time, long bytes, @Nullable Protection protection) {
    public Item {
        if (bytes < 0) {
            throw new IllegalArgumentException(name + " has " + bytes + " bytes");
        }
    }

    /// The same, kept for `reason` if nothing protects it yet.
    public Item protectedBy(Protection reason) {
        return protection != null ? this : new Item(name, time, bytes, reason);
    }
}
