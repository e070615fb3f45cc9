package dev.stepwell.torch.generation;

/// Why an answer ended.
public enum Finish {
    /// The model ended it.
    STOP,
    /// It has as many tokens as were allowed, or the model's last position is taken.
    LENGTH,
    /// It was given up.
    INTERRUPTED
}
