package dev.stepwell.app.notify;

import dev.stepwell.app.notify.BoundedProcess.Ended;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.status.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a program of the user for each notice: without a shell, in the base directory, with the notice as JSON on its
/// standard input and the most important of it in its environment. What it says on standard output is thrown away.
final class CommandHook implements Channel {
    static final String FAILING = "alert_command_failing";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path program;
    private final Path directory;
    private final Duration limit;

    /// @param directory in which it runs
    CommandHook(Path program, Path directory) {
        this(program, directory, LIMIT);
    }

    /// @param limit how long it may take
    CommandHook(Path program, Path directory, Duration limit) {
        this.program = program;
        this.directory = directory;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "command";
    }

    @Override
    public String place() {
        return Printable.line(program.toString());
    }

    @Override
    public String alertType() {
        return FAILING;
    }

    @Override
    public String remedy() {
        return "See that alerts.command names a program that this user may run; ./stepwell alerts test runs it.";
    }

    @Override
    public Outcome send(Notice notice, int missed, int tries) throws InterruptedException {
        try {
            Ended ended = BoundedProcess.run(
                    List.of(program.toString()), directory, environment(notice), NoticeJson.of(notice, missed), limit);
            if (ended.exitCode().isEmpty()) {
                return new Outcome.Refused("killed after %d s%s".formatted(limit.toSeconds(), said(ended)));
            }
            int code = ended.exitCode().getAsInt();
            return code == 0
                    ? new Outcome.Delivered("exit code 0")
                    : new Outcome.Refused("exit code %d%s".formatted(code, said(ended)));
        } catch (IOException e) {
            return new Outcome.Refused("it cannot be started: " + Printable.line(String.valueOf(e.getMessage())));
        }
    }

    private static String said(Ended ended) {
        return ended.lastLine().isEmpty() ? "" : ": " + Printable.brief(ended.lastLine());
    }

    private static Map<String, String> environment(Notice notice) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("STEPWELL_EVENT", notice.kind().word());
        environment.put("STEPWELL_SEVERITY", notice.severity().word());
        environment.put("STEPWELL_TITLE", Printable.line(notice.title()));
        environment.put("STEPWELL_BASE_DIR", Printable.line(notice.where().baseDir()));
        Alert alert = notice.alert();
        if (alert != null) {
            environment.put("STEPWELL_ALERT", Printable.line(alert.type()));
        }
        return environment;
    }
}
