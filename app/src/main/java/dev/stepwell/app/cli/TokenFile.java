package dev.stepwell.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.regex.Pattern;

/// A file with a token in it and nothing else.
final class TokenFile {
    /// What a header can carry.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private TokenFile() {}

    /// The token in `file`. Tells `err` if others can read it, too: containers are given secrets that way, and their
    /// users cannot change it.
    ///
    /// @throws CliException if there is none
    static String read(Path file, PrintWriter err) {
        String token;
        try {
            token = Files.readString(file).strip();
            if (isOpen(file)) {
                err.printf("stepwell: every user of this machine can read %s; chmod 600 keeps it yours%n", file);
                err.flush();
            }
        } catch (NoSuchFileException _) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--token-file: there is no file %s".formatted(file),
                    "name the one that web.token_file of the daemon names, or a copy of it");
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--token-file: %s cannot be read: %s".formatted(file, e),
                    "name a file that holds the token and that you may read");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--token-file: %s holds no token".formatted(file),
                    "it must hold the token and nothing else");
        }
        return token;
    }

    private static boolean isOpen(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.isRegularFile(file)
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    }
}
