package dev.stepwell.core.history;

import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;

/// Something to be kept.
sealed interface HistoryRecord {
    /// A step that was done.
    record Step(long globalStep, Instant at, StepCompleted measured) implements HistoryRecord {}

    /// Something that happened.
    record Happened(Mark mark) implements HistoryRecord {}
}
