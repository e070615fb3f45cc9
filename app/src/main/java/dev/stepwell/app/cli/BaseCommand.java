package dev.stepwell.app.cli;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that works in a base directory.
abstract class BaseCommand implements Callable<Integer> {
    @Mixin
    final CommonOptions common;

    final Operations operations;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before the command is called.
    CommandSpec spec;

    BaseCommand(Operations operations, Map<String, String> environment) {
        this.operations = operations;
        this.common = new CommonOptions(environment);
    }

    /// Does what was asked.
    abstract ExitCode execute() throws IOException;

    @Override
    public final Integer call() throws IOException {
        return execute().code();
    }

    BaseDirectory base() {
        return common.base();
    }

    /// The base directory of a command that finds something there, and makes nothing.
    ///
    /// @throws CliException if there is none
    final BaseDirectory existingBase() {
        BaseDirectory base = base();
        if (!Files.isDirectory(base.root())) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "there is no base directory %s".formatted(base.root()),
                    "name the right one with --base-dir, or make it with: ./stepwell run --base-dir DIR");
        }
        return base;
    }
}
