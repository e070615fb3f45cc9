package dev.stepwell.app.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Train on every JSONL file dropped into the inbox, until stopped.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell run                              wait for files in ./stepwell-data/inbox",
            "  ./stepwell run --base-dir /data/tutor       the same elsewhere",
            "  ./stepwell run --once                       train what is there, then end"
        })
final class RunCommand extends BaseCommand {
    @Mixin
    private final DaemonOptions daemon = new DaemonOptions();

    @Option(names = "--once", description = "End when the queue is empty.")
    private boolean once;

    RunCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        return daemon.in(common.madeBase(), spec, place -> operations.run(new Operations.RunRequest(place, once)));
    }
}
