package dev.stepwell.app.cli;

import dev.stepwell.core.control.Command;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "stop",
        description = {
            "Have the daemon save a checkpoint and end. The file in training goes on there at the next start."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell stop                              returns when the process has ended",
            "  ./stepwell stop --after-file --timeout 3600  lets the file in training come to its end first"
        })
final class StopCommand extends ControlCommand {
    @Option(names = "--after-file", description = "Finish the file in training first.")
    private boolean afterFile;

    StopCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    Command command() {
        return afterFile ? Command.STOP_AFTER_FILE : Command.STOP;
    }
}
