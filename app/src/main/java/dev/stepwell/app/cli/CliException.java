package dev.stepwell.app.cli;

import java.io.Serial;

/// A command cannot do what was asked, for a reason that its user can change. Shown as its message and its remedy,
/// without a stack trace.
public final class CliException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /// @param problem what is wrong, one sentence without a full stop
    /// @param remedy  what to do, likewise
    public CliException(ExitCode exitCode, String problem, String remedy) {
        super(problem + "; " + remedy);
        this.exitCode = exitCode;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
