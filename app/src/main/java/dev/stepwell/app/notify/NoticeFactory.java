package dev.stepwell.app.notify;

import dev.stepwell.app.notify.Notice.FileEnd;
import dev.stepwell.app.notify.Notice.Where;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusDocument;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Words what people are told.
///
/// @param self  the daemon, without what it is doing
/// @param clock for documents without a time
record NoticeFactory(Where self, InstantSource clock) {
    Notice opened(Alert alert, Severity severity, StatusDocument document) {
        return notice(Kind.ALERT_OPENED, severity, alert.type(), alert.message(), alert, null, document, at(document));
    }

    Notice closed(Alert alert, StatusDocument document) {
        return notice(
                Kind.ALERT_CLOSED,
                Severity.INFO,
                alert.type() + " is over",
                "It was: " + alert.message(),
                alert,
                null,
                document,
                at(document));
    }

    Notice started(StatusDocument document) {
        return notice(
                Kind.DAEMON_STARTED,
                Severity.INFO,
                "the daemon started",
                "The daemon started.",
                null,
                null,
                document,
                at(document));
    }

    /// @param state in which it ended, as it was asked to
    Notice stopped(DaemonState state, StatusDocument document) {
        String text = state == DaemonState.COMPLETED
                ? "All files are trained, and the daemon has ended."
                : "The daemon was stopped.";
        return notice(Kind.DAEMON_STOPPED, Severity.INFO, "the daemon ended", text, null, null, document, at(document));
    }

    Notice crashed(StatusDocument document) {
        return notice(
                Kind.DAEMON_CRASHED,
                Severity.CRITICAL,
                "the daemon crashed",
                "%s: %s"
                        .formatted(
                                document.error().errorType(), document.error().errorMessage()),
                null,
                null,
                document,
                at(document));
    }

    Notice completed(FileReport report, @Nullable StatusDocument document, Instant at) {
        FileEnd file = file(report);
        String text = "%s is trained: %d steps, loss %s."
                .formatted(
                        file.name(),
                        file.steps() == null ? 0 : file.steps(),
                        file.lastLoss() == null ? "not known" : "%.4f".formatted(file.lastLoss()));
        return notice(Kind.FILE_COMPLETED, Severity.INFO, "a file is trained", text, null, file, document, at);
    }

    Notice failed(FileReport report, @Nullable StatusDocument document, Instant at) {
        FileEnd file = file(report);
        String text =
                "%s is given up, in failed/: %s: %s".formatted(file.name(), file.errorType(), file.errorMessage());
        return notice(Kind.FILE_FAILED, Severity.WARNING, "a file failed", text, null, file, document, at);
    }

    Notice test() {
        return notice(
                Kind.TEST,
                Severity.INFO,
                "a test",
                "Somebody tries whether alerts arrive. They do.",
                null,
                null,
                null,
                clock.instant());
    }

    private static FileEnd file(FileReport report) {
        FileReport.Training training = report.training();
        FileReport.Cause error = report.error();
        return new FileEnd(
                report.file().name(),
                report.outcome(),
                training == null ? null : training.steps(),
                training == null ? null : training.lastLoss(),
                error == null ? null : error.type(),
                error == null ? null : error.message());
    }

    private Instant at(StatusDocument document) {
        return document.timestamp() == null ? clock.instant() : document.timestamp();
    }

    private Notice notice(
            Kind kind,
            Severity severity,
            String title,
            String text,
            @Nullable Alert alert,
            @Nullable FileEnd file,
            @Nullable StatusDocument document,
            Instant at) {
        Where where = document == null
                ? self
                : new Where(
                        self.host(),
                        self.baseDir(),
                        self.model(),
                        self.pid(),
                        self.bootId(),
                        document.status(),
                        document.file().currentFile(),
                        document.derived().modelStep());
        return new Notice(UUID.randomUUID().toString(), kind, severity, title, text, at, alert, file, where);
    }
}
