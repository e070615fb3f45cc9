package dev.stepwell.core.training;

/// Hears what happens, on the training thread: it must return at once, without I/O and without locks.
@FunctionalInterface
public interface TrainingListener {
    void on(TrainingEvent event);
}
