package dev.stepwell.app.notify;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that people elsewhere are told.
///
/// @param id       the same however often it is sent
/// @param title    in a few words
/// @param text     in sentences; may have several lines
/// @param at       when it happened
/// @param alert    that opened or closed; null for others
/// @param file     that was settled; null for others
/// @param where    the daemon, as it was then
record Notice(
        String id,
        Kind kind,
        Severity severity,
        String title,
        String text,
        Instant at,
        @Nullable Alert alert,
        @Nullable FileEnd file,
        Where where) {

    /// How a file ended.
    ///
    /// @param steps        trained of it
    /// @param lastLoss     of the last of them; null if not known
    /// @param errorType    why it failed; null if it did not
    /// @param errorMessage likewise
    record FileEnd(
            String name,
            String outcome,
            @Nullable Long steps,
            @Nullable Double lastLoss,
            @Nullable String errorType,
            @Nullable String errorMessage) {}

    /// Which daemon, and what it was doing.
    ///
    /// @param host     what its machine calls itself
    /// @param status   as the status file says it; null before there is one
    /// @param file     in training, or the last one
    /// @param step     global step of the weights
    record Where(
            String host,
            String baseDir,
            String model,
            long pid,
            String bootId,
            @Nullable String status,
            @Nullable String file,
            @Nullable Long step) {}
}
