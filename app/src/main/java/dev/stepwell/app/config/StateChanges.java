package dev.stepwell.app.config;

/// Which changes of state are told to people elsewhere, beside alerts.
public enum StateChanges {
    NONE,
    /// The daemon crashed, or a file is given up.
    FAILURES,
    /// Also each start and end, and each file that is trained.
    ALL
}
