package dev.stepwell.core.history;

import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something to be kept.
sealed interface HistoryRecord {
    /// When it was.
    Instant at();

    /// This process began.
    record RunBegan(String version, Instant at) implements HistoryRecord {}

    /// It is at its end.
    record RunEnded(DaemonState state, @Nullable Failure failure, Instant at) implements HistoryRecord {}

    /// A step that was done.
    record Step(long globalStep, Instant at, StepCompleted measured) implements HistoryRecord {}

    /// A file began, or a checkpoint was saved.
    record Marked(Mark mark) implements HistoryRecord {
        @Override
        public Instant at() {
            return Instant.ofEpochMilli(mark.at());
        }
    }

    /// An attempt at a file began, or went on.
    record AttemptBegan(FileAttempt attempt, Instant at) implements HistoryRecord {}

    /// An attempt at a file ended.
    record AttemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) implements HistoryRecord {}

    /// The model answered an example.
    record Previewed(Preview preview, double accuracyPercent, Instant at) implements HistoryRecord {}

    /// The model was asked a set of rows.
    record Scored(Evaluation evaluation, Instant at) implements HistoryRecord {}

    /// What the machine was busy with.
    record Looked(long globalStep, Instant at, MachineFigures figures) implements HistoryRecord {}

    /// The alerts that stand.
    record Alerted(List<Alert> standing, Instant at) implements HistoryRecord {
        public Alerted {
            standing = List.copyOf(standing);
        }
    }
}
