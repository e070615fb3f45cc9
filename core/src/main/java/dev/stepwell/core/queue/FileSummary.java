package dev.stepwell.core.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A file as a list shows it.
///
/// @param id           its identity
/// @param name         its name as dropped
/// @param state        where it stands
/// @param priority     which files go first
/// @param bytes        its size when it was taken
/// @param rows         physical lines; null if not counted
/// @param rejected     of them, refused; likewise
/// @param plannedSteps optimizer steps that training it takes; likewise
/// @param expectedTokens tokens that this takes, by a sample of its rows; null if none was taken
/// @param arrivedAt    when it was taken
/// @param settledAt    when the queue was done with it; null if it is not, or that was not recorded
/// @param attempts     attempts that began
/// @param readyAt      when its back-off ends; null if it has none
/// @param duplicateOf  the file whose content it has; null if none was known when it was taken
/// @param reason       why it is held, was skipped, failed or waits for another attempt, in words; null if none
///                     is due
/// @param learnt       what training it came to so far; null before its first attempt has ended
public record FileSummary(
        long id,
        String name,
        FileState state,
        Priority priority,
        long bytes,
        @Nullable Long rows,
        @Nullable Long rejected,
        @Nullable Long plannedSteps,
        @Nullable Long expectedTokens,
        Instant arrivedAt,
        @Nullable Instant settledAt,
        int attempts,
        @Nullable Instant readyAt,
        @Nullable Original duplicateOf,
        @Nullable String reason,
        @Nullable Learnt learnt) {

    /// What training a file came to.
    ///
    /// @param trained   rows that were trained at least once; null if that is not known
    /// @param firstLoss loss of its first step, in nats; null if there was none, or it was not finite
    /// @param lastLoss  loss of its last step, likewise
    /// @param seconds   how long all attempts that ended took together
    public record Learnt(
            @Nullable Long trained,
            @Nullable Double firstLoss,
            @Nullable Double lastLoss,
            double seconds) {}

    /// The file of which one is a copy.
    public record Original(long id, String name, Instant arrivedAt) {}
}
