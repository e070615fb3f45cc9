package dev.stepwell.app.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of sending a notice.
sealed interface Outcome {
    /// It arrived.
    ///
    /// @param how in a few words
    record Delivered(String how) implements Outcome {}

    /// It did not, and may later.
    ///
    /// @param why   in a few words, without what is secret
    /// @param after how long to wait at least; null if nobody asked for that
    record Later(String why, @Nullable Duration after) implements Outcome {}

    /// It never will.
    ///
    /// @param why in a few words, without what is secret
    record Refused(String why) implements Outcome {}
}
