package dev.stepwell.core.daemon;

import dev.stepwell.core.status.Failure;

/// Why the daemon ended.
public sealed interface DaemonExit {
    /// The queue was drained, and it was asked to end then.
    record Drained() implements DaemonExit {}

    /// It was told to stop; an unfinished file goes on at the next start.
    record Stopped() implements DaemonExit {}

    /// Something outside, such as the disk, did not let it go on; an unfinished file goes on at the next start.
    record Aborted(Failure failure) implements DaemonExit {}

    /// It ended by an error of its own; an unfinished file goes on at the next start.
    record Crashed(Throwable cause) implements DaemonExit {}
}
