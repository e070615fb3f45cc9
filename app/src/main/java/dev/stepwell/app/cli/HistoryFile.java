package dev.stepwell.app.cli;

import dev.stepwell.app.report.Life;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.Files;

/// The run history of a base directory, or why there is none to be read.
final class HistoryFile {
    private HistoryFile() {}

    /// Opens it. Whether a daemon runs makes no difference.
    ///
    /// @throws CliException if there is none, or it cannot be read
    static HistoryReader open(BaseDirectory base) {
        if (Files.notExists(base.history())) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "nothing has run in %s yet: it has no history.db".formatted(base.root()),
                    "name the right one with --base-dir, or start a daemon there with: ./stepwell run --base-dir DIR");
        }
        try {
            return HistoryReader.open(base.history());
        } catch (IllegalStateException e) {
            throw new CliException(
                    ExitCode.FAILED,
                    Printable.line(String.valueOf(e.getMessage())),
                    "if it is damaged, move it away: it holds measurements only");
        }
    }

    /// `life`, in which there is an attempt at the file `id`.
    ///
    /// @throws CliException if there is none
    static Life require(Life life, long id) {
        if (life.files().isEmpty()) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "no file of the number %d was trained".formatted(id),
                    "see which there are with: ./stepwell history --limit 0");
        }
        return life;
    }
}
