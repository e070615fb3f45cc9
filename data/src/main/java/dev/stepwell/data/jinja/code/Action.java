package dev.stepwell.data.jinja.code;

/// A statement that can be run.
@FunctionalInterface
interface Action {
    /// Runs it, and says how to go on.
    Signal run(Frame frame, Output output);
}
