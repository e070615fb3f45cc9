package dev.stepwell.app.cli;

import dev.stepwell.core.control.Command;
import java.util.Map;
import picocli.CommandLine;

@CommandLine.Command(
        name = "resume",
        description = {"Have a paused daemon go on exactly where it was."},
        footer = {"", "Examples:", "  ./stepwell resume"})
final class ResumeCommand extends ControlCommand {
    ResumeCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    Command command() {
        return Command.RESUME;
    }
}
