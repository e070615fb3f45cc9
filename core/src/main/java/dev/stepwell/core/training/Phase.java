package dev.stepwell.core.training;

/// What the training thread is busy with. Time is accounted for per phase, so that an ETA can tell them apart.
public enum Phase {
    /// Reading a checkpoint or making a new model.
    LOADING,
    /// Reading and tokenizing a file's rows.
    PREPARING,
    /// Optimizer steps.
    TRAINING,
    /// Generating and judging answers.
    EVALUATING,
    /// Writing a checkpoint.
    SAVING
}
