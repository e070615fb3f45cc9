package dev.stepwell.app;

import dev.stepwell.app.cli.Cli;
import dev.stepwell.app.cli.Operations;
import dev.stepwell.app.daemon.DaemonOperations;
import dev.stepwell.app.logging.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where the process begins.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(new DaemonOperations(), args));
    }

    /// Does what `args` ask and returns the exit code.
    static int run(Operations operations, String... args) {
        Logging.silence();
        // The displays are drawn with ━ and ░, and JSON is UTF-8: the locale of the shell has no say in it.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        try {
            return new Cli(operations, System.getenv(), out, err).execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }
}
