package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file with one line that is secret.
final class SecretFile {
    private static final int SHORTEST = 32;

    private SecretFile() {}

    /// The secret in `file`.
    ///
    /// @param key of the configuration, for messages
    /// @throws CliException if it cannot be read, or is too short to be one
    static String read(Path file, String key) {
        List<String> lines;
        try {
            lines = Files.readAllLines(readable(file, key)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNAVAILABLE, "%s: %s cannot be read: %s".formatted(key, file, e), "write it anew");
        }
        if (lines.size() != 1 || lines.getFirst().length() < SHORTEST) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s: %s does not hold one line of %d characters or more".formatted(key, file, SHORTEST),
                    "write one: openssl rand -hex 32 > %s".formatted(file));
        }
        return lines.getFirst();
    }

    /// `file`, which the user who started this may read.
    ///
    /// @throws CliException if not
    static Path readable(Path file, String key) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s: %s cannot be read".formatted(key, file),
                    "name a file that the user who starts the daemon may read");
        }
        return file;
    }
}
