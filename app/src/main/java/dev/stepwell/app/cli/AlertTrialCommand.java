package dev.stepwell.app.cli;

import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "test",
        description = {
            "Send a test to everybody whom config.json names for alerts, and print what came of it.",
            "Also beside a running daemon. If one does not arrive, the exit code is 1."
        },
        footer = {"", "Example:", "  ./stepwell alerts test --base-dir /data/tutor"})
final class AlertTrialCommand extends BaseCommand {
    AlertTrialCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = existingBase();
        return operations.alertTrial(new Operations.AlertTrialRequest(
                base, ConfigFile.load(base.config()), spec.commandLine().getOut()));
    }
}
