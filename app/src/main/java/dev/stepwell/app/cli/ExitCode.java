package dev.stepwell.app.cli;

/// What the process says to the shell.
public enum ExitCode {
    /// Done as asked.
    OK(0, "Done as asked; for status: a daemon is alive, or it ended as asked."),
    /// The daemon failed.
    FAILED(1, "Failed; the last lines and logs/stepwell.log say why."),
    /// The command line or `config.json` is wrong; nothing was started.
    USAGE(2, "The command line or config.json is wrong; nothing was done."),
    /// Not possible in this base directory now.
    UNAVAILABLE(
            3,
            "Not possible now: another daemon has the base directory; for control: none runs there, or it refused; for"
                    + " status: none ever ran there; for generate: there is no such model; for init: config.json is there,"
                    + " or memory is not."),
    /// `status` found a daemon that is no more.
    NOT_ALIVE(4, "For status: the daemon crashed, or is gone without a word."),
    /// A command is asked for and not in effect yet.
    PENDING(5, "For control: asked for, not in effect yet; it still will be."),
    /// The user ended what was being done.
    INTERRUPTED(130, "For generate: Ctrl-C ended the answer; for watch without a screen: Ctrl-C ended it.");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
