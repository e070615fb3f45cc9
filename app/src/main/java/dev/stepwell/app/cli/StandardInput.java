package dev.stepwell.app.cli;

import java.io.Console;
import java.io.InputStream;
import java.util.Optional;

/// Where a command reads what its user says.
///
/// @param stream   standard input
/// @param terminal whether somebody sits at it, and at standard output
public record StandardInput(InputStream stream, boolean terminal) {
    /// That of this process.
    static StandardInput ofProcess() {
        // Which JDK gives a console where there is no terminal, and which gives none, has changed more than once.
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new StandardInput(System.in, terminal);
    }
}
