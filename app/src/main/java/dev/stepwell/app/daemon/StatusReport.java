package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.StatusRequest;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.Liveness.Verdict;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.TerminalDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What `status` prints. Loads no more of the program than that takes.
final class StatusReport {
    private final InstantSource clock;

    StatusReport(InstantSource clock) {
        this.clock = clock;
    }

    /// Prints the state and says by the exit code whether it needs somebody.
    ///
    /// @throws CliException if the file is not a status that this version understands
    ExitCode print(StatusRequest request) throws IOException {
        StatusReading reading = StatusReader.read(request.base().statusFile());
        Instant now = clock.instant();
        Liveness liveness = Liveness.of(reading, now);
        PrintWriter out = request.out();
        switch (request.format()) {
            case BARS ->
                TerminalDisplay.lines(reading, now, TerminalDisplay.Format.BARS).forEach(out::println);
            case SIMPLE ->
                TerminalDisplay.lines(reading, now, TerminalDisplay.Format.SIMPLE)
                        .forEach(out::println);
            case JSON -> out.println(json(request, reading, liveness));
        }
        out.flush();
        return exitCode(liveness.verdict());
    }

    /// The file as it is, and before it what is true now: a killed daemon leaves a file that says `training`.
    private static String json(StatusRequest request, StatusReading reading, Liveness liveness) throws IOException {
        if (!(reading instanceof StatusReading.Present)) {
            throw new CliException(
                    ExitCode.FAILED,
                    "%s is not a status this version understands"
                            .formatted(request.base().statusFile()),
                    "see what it is with: ./stepwell status --format bars");
        }
        JsonMapper mapper = JsonMapper.shared();
        ObjectNode judged = mapper.createObjectNode();
        judged.put("liveness", liveness.verdict().name().toLowerCase(Locale.ROOT));
        judged.put("silence_s", seconds(liveness.silence()));
        judged.setAll(
                (ObjectNode) mapper.readTree(Files.readAllBytes(request.base().statusFile())));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(judged);
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : (Double) (duration.toMillis() / 1e3);
    }

    static ExitCode exitCode(Verdict verdict) {
        return switch (verdict) {
            case STARTING, TRAINING, IDLE, PAUSED, COMPLETED, STOPPED -> ExitCode.OK;
            case CRASHED, GONE -> ExitCode.NOT_ALIVE;
            case NEVER_STARTED -> ExitCode.UNAVAILABLE;
            case UNKNOWN -> ExitCode.FAILED;
        };
    }
}
