package dev.stepwell.app.cli;

import dev.stepwell.core.control.Command;
import java.util.Map;
import picocli.CommandLine;

@CommandLine.Command(
        name = "skip",
        description = {
            "Have the daemon leave the file in training as skipped and go on with the next.",
            "The steps that were done stay in the model; the file goes to archive/ with its report."
        },
        footer = {"", "Examples:", "  ./stepwell skip"})
final class SkipCommand extends ControlCommand {
    SkipCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    Command command() {
        return Command.SKIP;
    }
}
