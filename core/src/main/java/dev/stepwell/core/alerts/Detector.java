package dev.stepwell.core.alerts;

import dev.stepwell.core.status.Scene;
import org.jspecify.annotations.Nullable;

/// Looks for one thing. Keeps no state: all it may remember is in the finding that stands.
///
/// A finding stands until a second, lower threshold is passed, so that what wavers around the first does not
/// come and go.
sealed interface Detector
        permits NonFinite,
                LossSpike,
                Divergence,
                Plateau,
                Overfitting,
                Forgetting,
                ThroughputDrop,
                Stuck,
                LowDisk,
                GpuMemory,
                RejectedRows,
                TruncatedRows,
                HeldCopies {
    /// The type of its alert.
    String type();

    /// Judges one moment.
    ///
    /// @param standing what it found before and has not taken back; null if there is none
    Verdict look(Scene scene, @Nullable Finding standing);
}
