package dev.stepwell.core.training;

/// Trains one model on file after file. All calls but [#close] come from one thread, the training thread, which owns
/// all native state; [#close] comes from the same thread, last.
public interface Trainer extends AutoCloseable {
    /// Loads the newest valid checkpoint, or makes a new model. Called once, first.
    ///
    /// @throws TrainerUnavailableException if there is no model to train, with the remedy in its message
    OpenedModel open(TrainingListener listener);

    /// Trains one file, from the step after the loaded weights if they contain a part of it.
    /// What can be expected (bad rows, a loss that is not finite, a full disk) is an outcome, not an exception.
    TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control);

    @Override
    void close();
}
