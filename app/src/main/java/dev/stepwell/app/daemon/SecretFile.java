package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
            lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            String why = switch (e) {
                case NoSuchFileException _ -> "it is not there";
                case AccessDeniedException _ -> "permission denied";
                default -> String.valueOf(e.getMessage());
            };
            throw misconfigured(
                    "%s: %s cannot be read: %s".formatted(key, file, why),
                    "name a file that the user who starts the daemon may read");
        }
        if (lines.size() != 1 || lines.getFirst().length() < SHORTEST) {
            throw misconfigured(
                    "%s: %s does not hold one line of %d characters or more".formatted(key, file, SHORTEST),
                    "write one: openssl rand -hex 32 > %s".formatted(file));
        }
        return lines.getFirst();
    }

    private static CliException misconfigured(String problem, String remedy) {
        return new CliException(ExitCode.USAGE, problem, remedy);
    }
}
