package dev.stepwell.app.cli;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = {
            "Examine a base directory and this machine, and change nothing.",
            "What a start would repair, damaged checkpoints, leftovers, a full disk and the like are findings;",
            "with one or more, the exit code is 1."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell doctor                           examine ./stepwell-data, also while a daemon runs",
            "  ./stepwell doctor --base-dir /data/tutor    the same elsewhere"
        })
final class DoctorCommand extends BaseCommand {
    private final Map<String, String> environment;

    DoctorCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
        this.environment = environment;
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = existingBase();
        return operations.doctor(new Operations.DoctorRequest(
                base, environment, spec.commandLine().getOut()));
    }
}
