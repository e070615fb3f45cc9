package dev.stepwell.core.queue;

import java.util.Locale;

/// Why a file is held.
public enum HoldReason {
    /// Somebody asked for it.
    BY_HAND,
    /// Its bytes are those of another file.
    DUPLICATE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HoldReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
