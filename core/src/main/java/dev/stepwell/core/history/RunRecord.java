package dev.stepwell.core.history;

import dev.stepwell.core.status.Failure;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A process of the daemon.
///
/// @param bootId    tells it from all others
/// @param version   of the program; null where an older one wrote the history
/// @param startedAt when it started
/// @param seenAt    when it was last heard of in the history, which an idle daemon tells nothing
/// @param endedAt   when it ended, of one that was killed when it was last heard of; null if it has not
/// @param ending    how it ended; null if it has not, or was killed and none was started since
/// @param failure   why it crashed; null if it did not
public record RunRecord(
        String bootId,
        @Nullable String version,
        Instant startedAt,
        Instant seenAt,
        @Nullable Instant endedAt,
        @Nullable Ending ending,
        @Nullable Failure failure) {

    /// How a process ended.
    public enum Ending {
        /// The queue was empty, and it was asked to end then.
        COMPLETED,
        /// It was told to.
        STOPPED,
        /// By an error of its own.
        CRASHED,
        /// Without a word: by `kill -9`, for want of memory, or with the machine.
        KILLED,
        /// An older program did not say.
        UNKNOWN;

        /// The word for it in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Ending of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
