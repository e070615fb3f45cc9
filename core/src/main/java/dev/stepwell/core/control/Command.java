package dev.stepwell.core.control;

import java.util.Locale;

/// What can be asked of a daemon.
public enum Command {
    /// Save a checkpoint and wait, with the model in memory, until `RESUME`.
    PAUSE,
    /// Go on with the very next micro-batch.
    RESUME,
    /// Leave the file in training as *skipped* and go on with the next. Its steps stay in the model.
    SKIP,
    /// Save a checkpoint and end; the file in training is *interrupted* and goes on first at the next start.
    STOP,
    /// End when the file in training is done with.
    STOP_AFTER_FILE;

    /// The word for it in JSON and in the log: `stop_after_file`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
