package dev.stepwell.app.cli;

import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// What the commands take that run a daemon.
final class DaemonOptions {
    @Option(names = "--no-web", description = "Do not serve the dashboard. Control stays.")
    private boolean noWeb;

    /// Opens the base directory and does `work` there. The log is closed afterwards.
    ExitCode in(BaseDirectory base, CommandSpec spec, Work work) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (Logging logging = Logging.start(base, err::println)) {
            var config = ConfigFile.loadOrCreate(base.config());
            PrintWriter out = spec.commandLine().getOut();
            return work.in(new Operations.Place(base, config, logging, !noWeb, out));
        }
    }

    /// What a command does in its place.
    @FunctionalInterface
    interface Work {
        ExitCode in(Operations.Place place) throws IOException;
    }
}
