package dev.stepwell.app.client;

import dev.stepwell.monitor.web.DaemonFile;

/// What came of a request to a daemon.
public sealed interface Reply {
    /// The daemon answered.
    ///
    /// @param status the HTTP status
    /// @param json   the body
    /// @param daemon who answered
    record Answered(int status, String json, DaemonFile daemon) implements Reply {}

    /// No daemon runs there.
    record NoDaemon() implements Reply {}

    /// No daemon runs there any more; `run/daemon.json` is what a killed one left.
    record Stale(DaemonFile left) implements Reply {}

    /// A daemon runs there, but does not say where it listens: it has just started, or is about to end.
    record NotListening() implements Reply {}

    /// A daemon runs there and should listen, but does not answer.
    ///
    /// @param why in words
    record Silent(DaemonFile daemon, String why) implements Reply {}

    /// What listens there does not take the token: it is another program, or another daemon.
    record TokenRefused(DaemonFile daemon) implements Reply {}

    /// `run/daemon.json` cannot be read.
    ///
    /// @param why in words
    record Unreadable(String why) implements Reply {}
}
