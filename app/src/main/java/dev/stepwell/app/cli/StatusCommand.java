package dev.stepwell.app.cli;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = "Print where training is, and whether a daemon is alive.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell status                           two bars and the cumulative steps",
            "  ./stepwell status --format simple           one line to put into a prompt",
            "  ./stepwell status --format json | jq .loss  everything, for programs",
            "  ./stepwell watch                            the same on a full screen, kept up to date"
        })
final class StatusCommand extends BaseCommand {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "bars",
            converter = StatusFormat.Converter.class,
            description = "bars, simple or json. Default: bars.")
    private StatusFormat format = StatusFormat.BARS;

    StatusCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = existingBase();
        if (Files.notExists(base.statusFile())) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "nothing has run in %s yet: it has no status/training_status.json".formatted(base.root()),
                    "name the right one with --base-dir, or start a daemon there with: ./stepwell run --base-dir DIR");
        }
        return operations.status(
                new Operations.StatusRequest(base, format, spec.commandLine().getOut()));
    }
}
