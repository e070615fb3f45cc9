package dev.stepwell.app.notify;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import java.util.Locale;

/// A [Notice] as a message for people.
final class MessageText {
    private static final int MAX_LENGTH = 1_500;

    private MessageText() {}

    /// One line: how severe, what, and where.
    static String title(Notice notice) {
        return Printable.line("%s: %s (%s)"
                .formatted(
                        weight(notice.kind(), notice.severity()),
                        notice.title(),
                        notice.where().host()));
    }

    /// What happened, on what evidence, what to do, and which daemon says so; bounded.
    static String body(Notice notice, int missed) {
        StringBuilder body = new StringBuilder(cut(notice.text()));
        Alert alert = notice.alert();
        if (alert != null && notice.kind() == Kind.ALERT_OPENED) {
            if (alert.evidence() != null) {
                body.append('\n').append(cut(alert.evidence()));
            }
            if (alert.remedy() != null) {
                body.append('\n').append(cut(alert.remedy()));
            }
        }
        Notice.Where where = notice.where();
        body.append("\n%s, %s".formatted(where.model(), where.baseDir()));
        if (where.step() != null) {
            body.append(", global step ").append(where.step());
        }
        if (missed > 0) {
            body.append("\n%d before this did not arrive.".formatted(missed));
        }
        return Printable.text(body.toString());
    }

    private static String weight(Kind kind, Severity severity) {
        return switch (kind) {
            case ALERT_CLOSED -> "OVER";
            case TEST -> "TEST";
            case ALERT_OPENED, FILE_COMPLETED, FILE_FAILED, DAEMON_STARTED, DAEMON_STOPPED, DAEMON_CRASHED ->
                severity.name().toUpperCase(Locale.ROOT);
        };
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
