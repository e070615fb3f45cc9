package dev.stepwell.app.notify;

import dev.stepwell.app.notify.BoundedProcess.Ended;
import dev.stepwell.app.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Shows notices on the desktop of the user who runs the daemon, by `notify-send` of libnotify.
final class DesktopNotification implements Channel {
    static final String FAILING = "desktop_notification_failing";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String program;

    DesktopNotification() {
        this("notify-send");
    }

    /// @param program in the place of `notify-send`
    DesktopNotification(String program) {
        this.program = program;
    }

    @Override
    public String name() {
        return "desktop";
    }

    @Override
    public String place() {
        return "notify-send";
    }

    @Override
    public String alertType() {
        return FAILING;
    }

    @Override
    public String remedy() {
        return "Start the daemon within a desktop session that has notify-send, or set alerts.desktop to false.";
    }

    @Override
    public Outcome send(Notice notice, int missed, int tries) throws InterruptedException {
        List<String> command = List.of(
                program,
                "--app-name=Stepwell",
                "--urgency=" + urgency(notice),
                "--",
                MessageText.title(notice),
                escaped(MessageText.body(notice, missed)));
        try {
            Ended ended = BoundedProcess.run(command, Path.of("."), Map.of(), new byte[0], LIMIT);
            if (ended.exitCode().orElse(-1) == 0) {
                return new Outcome.Delivered("exit code 0");
            }
            String code = ended.exitCode().isPresent()
                    ? "exit code " + ended.exitCode().getAsInt()
                    : "killed after %d s".formatted(LIMIT.toSeconds());
            return new Outcome.Refused(
                    "%s %s".formatted(code, Printable.brief(ended.lastLine())).strip());
        } catch (IOException e) {
            return new Outcome.Refused("it cannot be started: " + Printable.line(String.valueOf(e.getMessage())));
        }
    }

    private static String urgency(Notice notice) {
        return switch (notice.kind()) {
            case ALERT_CLOSED, TEST -> "low";
            case ALERT_OPENED, FILE_COMPLETED, FILE_FAILED, DAEMON_STARTED, DAEMON_STOPPED, DAEMON_CRASHED ->
                switch (notice.severity()) {
                    case INFO -> "low";
                    case WARNING -> "normal";
                    case CRITICAL -> "critical";
                };
        };
    }

    /// The body may have marks of its own (Desktop Notifications Specification, "Markup").
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
