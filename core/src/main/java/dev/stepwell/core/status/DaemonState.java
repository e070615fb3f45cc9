package dev.stepwell.core.status;

import java.util.Locale;

/// What the daemon is doing, as the `status` field says it.
public enum DaemonState {
    /// The process has begun and loads its model.
    STARTING,
    /// Nothing to do: the queue is empty.
    IDLE,
    TRAINING,
    PAUSED,
    /// The drain is done and the process has ended because it was asked to end then.
    COMPLETED,
    /// The process has ended because it was told to; an unfinished file goes on at the next start.
    STOPPED,
    /// The process has ended by an error of its own; `error_type` and `error_message` say which.
    CRASHED;

    /// The word for it in the status file.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether the process that wrote this state should still be alive, so that an old heartbeat means it is gone.
    public boolean alive() {
        return switch (this) {
            case STARTING, IDLE, TRAINING, PAUSED -> true;
            case COMPLETED, STOPPED, CRASHED -> false;
        };
    }
}
