package dev.stepwell.core.queue;

/// What becomes of a file whose bytes are those of one that was trained, is in training or waits.
public enum Duplicates {
    /// It is trained like any other.
    TRAIN,
    /// It is not trained, and lies in `archive/` with a report that names the other.
    SKIP,
    /// It is held until somebody decides.
    HOLD
}
