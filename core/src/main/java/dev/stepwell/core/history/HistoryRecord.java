package dev.stepwell.core.history;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;

/// Something to be kept.
sealed interface HistoryRecord {
    /// A step that was done.
    record Step(long globalStep, Instant at, StepCompleted measured) implements HistoryRecord {}

    /// Something that happened.
    record Happened(Mark mark) implements HistoryRecord {}

    /// What the machine was busy with.
    record Looked(long globalStep, Instant at, MachineFigures figures) implements HistoryRecord {}
}
