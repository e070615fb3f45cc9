package dev.stepwell.monitor.terminal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a daemon that is watched can be reached.
public sealed interface Contact {
    /// It can, or nobody has to reach it.
    record Kept() implements Contact {}

    /// Nobody knows yet.
    record Sought() implements Contact {}

    /// It cannot, and that is tried again and again.
    ///
    /// @param why   in a few words
    /// @param since when it was last heard of; null if it never was
    record Lost(String why, @Nullable Instant since) implements Contact {}
}
