package dev.stepwell.app.cli;

import dev.stepwell.core.control.Command;
import java.util.Map;
import picocli.CommandLine;

@CommandLine.Command(
        name = "pause",
        description = {"Have the daemon save a checkpoint and wait, with the model in memory, until it is resumed."},
        footer = {
            "",
            "Examples:",
            "  ./stepwell pause                returns when it is paused",
            "  ./stepwell pause --no-wait      returns at once"
        })
final class PauseCommand extends ControlCommand {
    PauseCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    Command command() {
        return Command.PAUSE;
    }
}
