package dev.stepwell.app.cli;

import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "retention",
        description = "Delete the checkpoints, snapshots and archived files that the configuration does not keep."
                + " A running daemon does it by itself.",
        footer = {
            "",
            "Examples:",
            "  ./stepwell retention --dry-run   print what would go, and why; also beside a running daemon",
            "  ./stepwell retention             let it go"
        })
final class RetentionCommand extends BaseCommand {
    @Option(names = "--dry-run", description = "Delete nothing; print what would be kept and deleted, and why.")
    private boolean dryRun;

    RetentionCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        BaseDirectory base = base();
        if (!Files.isRegularFile(base.config())) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s is not a base directory: it has no config.json".formatted(base.root()),
                    "name the right one with --base-dir");
        }
        return operations.retention(new Operations.RetentionRequest(
                base,
                ConfigFile.loadOrCreate(base.config()),
                dryRun,
                spec.commandLine().getOut()));
    }
}
