package dev.stepwell.app.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What people are told of.
enum Kind {
    /// An alert stands that did not, or it is more severe than it was.
    ALERT_OPENED,
    /// What an alert said is over.
    ALERT_CLOSED,
    FILE_COMPLETED,
    FILE_FAILED,
    DAEMON_STARTED,
    /// It has ended as asked.
    DAEMON_STOPPED,
    DAEMON_CRASHED,
    /// Somebody tries whether this works.
    TEST;

    /// The word for it in JSON.
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
