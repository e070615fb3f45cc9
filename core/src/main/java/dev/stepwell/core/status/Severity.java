package dev.stepwell.core.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// How soon a person should look at an [Alert].
public enum Severity {
    /// When there is time: nothing is lost meanwhile.
    INFO,
    /// Today: what is trained may not be what was wanted.
    WARNING,
    /// Now: training stands still, or what it does is lost.
    CRITICAL;

    /// The word for it in the status file.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
