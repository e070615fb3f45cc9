package dev.stepwell.app.cli;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
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
}
