package dev.stepwell.core.alerts;

import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// What a [Detector] has found.
///
/// @param message   what is wrong, in a sentence
/// @param evidence  the figures from which that follows
/// @param remedy    what to do, in a sentence
/// @param reference a figure against which the detector holds what comes later; NaN where it needs none
/// @param step      global step at which it is; null for where the model is
record Finding(
        Severity severity,
        String message,
        String evidence,
        String remedy,
        double reference,
        @Nullable Long step) {
    /// One that needs no reference, found where the model is.
    Finding(Severity severity, String message, String evidence, String remedy) {
        this(severity, message, evidence, remedy, Double.NaN, null);
    }

    Finding withReference(double newReference) {
        return new Finding(severity, message, evidence, remedy, newReference, step);
    }
}
