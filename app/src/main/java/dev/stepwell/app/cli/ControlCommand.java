package dev.stepwell.app.cli;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// A command to a daemon that runs.
abstract class ControlCommand extends BaseCommand {
    private static final int LONGEST_TIMEOUT = 86_400;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Return when it has taken effect, or with --no-wait at once. Default: --wait.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait, 1 to 86400. What takes longer stays asked for. Default: 60.")
    private int timeout;

    ControlCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    /// What is asked for.
    abstract Command command();

    @Override
    final ExitCode execute() throws IOException {
        if (timeout < 1 || timeout > LONGEST_TIMEOUT) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--timeout %d is out of range; allowed: 1 to %d".formatted(timeout, LONGEST_TIMEOUT));
        }
        BaseDirectory base = existingBase();
        return operations.control(new Operations.ControlRequest(
                base,
                command(),
                wait,
                Duration.ofSeconds(timeout),
                spec.commandLine().getOut()));
    }
}
