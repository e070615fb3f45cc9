package dev.stepwell.core.signals;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Where a series goes, for better or worse.
public enum Trend {
    IMPROVING,
    /// No direction can be told from the noise.
    FLAT,
    WORSENING;

    /// The word for it in the status file.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
