package dev.stepwell.core.signals;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a series goes, for better or worse.
public enum Trend {
    IMPROVING,
    /// No direction can be told from the noise.
    FLAT,
    WORSENING;

    /// Where `values` go, by a test of their slope that errs once in a hundred times; null if there are too few.
    ///
    /// @param values    oldest first
    /// @param lowIsGood whether a series that falls improves
    public static @Nullable Trend of(double[] values, boolean lowIsGood) {
        if (values.length < SlopeTest.LEAST) {
            return null;
        }
        int direction = SlopeTest.of(values).direction();
        return direction == 0 ? FLAT : direction < 0 == lowIsGood ? IMPROVING : WORSENING;
    }

    /// The word for it in the status file.
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
