package dev.stepwell.core.control;

/// What the training thread asks between two steps. Must cost nothing: one volatile read.
@FunctionalInterface
public interface StepControl {
    /// What the trainer should do before it goes on.
    enum Signal {
        CONTINUE,
        /// Save a checkpoint and return [dev.stepwell.core.training.TrainingOutcome.Interrupted].
        STOP
    }

    Signal signal();
}
