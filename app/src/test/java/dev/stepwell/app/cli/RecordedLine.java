package dev.stepwell.app.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A command line whose commands are recorded, not done, and what it printed.
final class RecordedLine {
    final RecordedOperations operations = new RecordedOperations();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /// What standard input holds.
    String typed = "";
    /// Whether standard input is a terminal.
    boolean terminal;

    int execute(String... args) {
        StandardInput in =
                new StandardInput(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), terminal);
        return new Cli(operations, Map.of(), in, new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    }
}
