package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Told of all that is measured, in its order, on the status thread: what this takes, all who read the status wait
/// for.
public interface Recorder {
    /// Where nobody records.
    Recorder NOBODY = new Recorder() {};

    /// Both are told, `first` before `second`.
    static Recorder both(Recorder first, Recorder second) {
        return new BothRecorders(first, second);
    }

    /// A step is done. Where this process was too slow to look, steps are missing.
    ///
    /// @param at when it was heard of, which may be some steps later
    default void step(long globalStep, StepCompleted step, Instant at) {}

    /// A file is about to be trained.
    ///
    /// @param baseStep global step of the weights from which it started, in this process or an earlier one
    default void fileStarted(long baseStep, String name, Instant at) {}

    /// A file is about to be trained, for those who want to know its place.
    ///
    /// @param place where it begins or goes on, of how many steps, and which file of how many it is
    default void fileStarted(Progress place, String name, Instant at) {
        fileStarted(place.baseStep(), name, at);
    }
    /// An attempt at a file of the queue begins, or goes on after an interruption.
    default void attemptBegan(FileAttempt attempt, Instant at) {}

    /// It has ended, and the queue knows.
    default void attemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) {}

    /// A checkpoint is on disk.
    default void checkpointSaved(long globalStep, Duration took, Instant at) {}

    /// An evaluation, or a preview, is over.
    default void evaluated(Duration took, Instant at) {}

    /// The model was asked a set of rows.
    default void scored(Evaluation evaluation, Instant at) {}

    /// The model answered an example.
    ///
    /// @param accuracyPercent of all answers of this process so far
    default void previewed(Preview preview, double accuracyPercent, Instant at) {}

    /// The machine was looked at while a file was trained.
    ///
    /// @param globalStep of the weights at that moment
    default void machine(long globalStep, MachineFigures figures, Instant at) {}

    /// What a person should look at is something else than before.
    ///
    /// @param standing all alerts that stand now, one of a type
    default void alerts(List<Alert> standing, Instant at) {}

    /// This process is at its end.
    ///
    /// @param state   one of those that are not [alive][DaemonState#alive()]
    /// @param failure why it crashed; null if it did not
    default void ended(DaemonState state, @Nullable Failure failure, Instant at) {}
}
