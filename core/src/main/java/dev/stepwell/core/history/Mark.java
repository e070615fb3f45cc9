package dev.stepwell.core.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Something that happened at a step.
///
/// @param globalStep of the weights at that moment
/// @param at         when, in milliseconds since 1970
/// @param label      the file's name; null for others
public record Mark(
        Kind kind, long globalStep, long at, @Nullable String label) {
    /// What happened.
    public enum Kind {
        /// A file's first step follows.
        FILE,
        /// A checkpoint of this step is on disk.
        CHECKPOINT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
