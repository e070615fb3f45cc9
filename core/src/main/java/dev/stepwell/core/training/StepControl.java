package dev.stepwell.core.training;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What the training thread asks between two pieces of work: steps, tokens of a preview, stretches of a file
/// that is read. It costs one volatile read.
@FunctionalInterface
public interface StepControl {
    /// What the trainer should do before it goes on.
    enum Signal {
        CONTINUE,
        /// Save a checkpoint, then call [StepControl#hold], and go on where it was when that returns.
        PAUSE,
        /// Save a checkpoint and return [TrainingOutcome.Skipped].
        SKIP,
        /// Save a checkpoint and return [TrainingOutcome.Interrupted].
        STOP
    }

    Signal signal();

    /// Waits on the training thread while the signal is [Signal#PAUSE], and returns when it is another: look
    /// again. To be called when a checkpoint holds all that was done, with whatever must stay in memory still
    /// there.
    default void hold() {
        throw new IllegalStateException("this control never pauses, so nothing can wait for it to go on");
    }

    /// Waits on the training thread while the disk is full, `atMost` so long, and returns at once when there is a
    /// [Signal#STOP] to obey or somebody wants it to be tried now. To be called after each try that failed.
    ///
    /// @return whether somebody wants it to be tried now, whatever speaks against it
    default boolean awaitSpace(Duration atMost) {
        LockSupport.parkNanos(this, atMost.toNanos());
        return false;
    }
}
