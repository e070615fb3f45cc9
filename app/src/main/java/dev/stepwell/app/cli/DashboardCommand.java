package dev.stepwell.app.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "dashboard",
        description = {
            "Print a link to the dashboard of the daemon that runs.",
            "It works once and lets the browser that opens it in for thirty days. Whoever else has it by then, has it",
            "in vain."
        },
        footer = {"", "Examples:", "  ./stepwell dashboard", "  xdg-open \"$(./stepwell dashboard)\""})
final class DashboardCommand extends BaseCommand {
    DashboardCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        return operations.dashboard(existingBase(), spec.commandLine().getOut());
    }
}
