package dev.stepwell.app.cli;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.puzzle.DemoFiles;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "demo",
        description = {
            "Write files of syllable puzzles, train a small model on them and show what it learnt."
                    + " Stopped and started again, it goes on where it was."
        },
        footer = {
            "",
            "Examples:",
            "  ./stepwell demo                               22 files, a few minutes on two cores",
            "  ./stepwell demo --files 3 --base-dir /tmp/d   a shorter one elsewhere"
        })
final class DemoCommand extends BaseCommand {
    private static final int MAX_FILES = 999;
    private static final int MAX_STEPS = 10_000;
    private static final long MAX_ROWS = 2_000_000;

    @Mixin
    private final DaemonOptions daemon = new DaemonOptions();

    @Option(
            names = "--files",
            paramLabel = "N",
            defaultValue = "22",
            description = "Files to train on, with those of earlier demos there, 1 to 999. Default: 22.")
    private int files;

    @Option(
            names = "--steps-per-file",
            paramLabel = "N",
            defaultValue = "" + DemoFiles.DEFAULT_STEPS,
            description = "Optimizer steps in each, 1 to 10000. Default: 118.")
    private int steps;

    @Option(names = "--once", description = "Accepted; a demo always ends by itself.")
    @SuppressWarnings("UnusedVariable") // Accepted so that it can be given to every command that trains.
    private boolean once;

    DemoCommand(Operations operations, Map<String, String> environment) {
        super(operations, environment);
    }

    @Override
    ExitCode execute() throws IOException {
        check("--files", files, MAX_FILES);
        check("--steps-per-file", steps, MAX_STEPS);
        return daemon.in(
                common.madeBase(),
                spec,
                place -> operations.demo(new Operations.DemoRequest(place, demoFiles(place.config()))));
    }

    private void check(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new ParameterException(
                    spec.commandLine(), "%s %d is out of range; allowed: 1 to %d".formatted(option, value, max));
        }
    }

    private DemoFiles demoFiles(Config config) {
        long rows = steps * config.get(ConfigKeys.BATCH_SIZE) * config.get(ConfigKeys.GRADIENT_ACCUMULATION);
        if (rows * files > MAX_ROWS) {
            throw new CliException(
                    ExitCode.USAGE,
                    "%d files of %d steps of batch_size × gradient_accumulation rows are %d rows, above %d"
                            .formatted(files, steps, rows * files, MAX_ROWS),
                    "lower --files or --steps-per-file, or these keys in config.json");
        }
        return new DemoFiles(config.get(ConfigKeys.SEED), files, (int) rows);
    }
}
