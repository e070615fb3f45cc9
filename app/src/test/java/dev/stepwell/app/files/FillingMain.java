package dev.stepwell.app.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Two lines of ten thousand bytes, one that cannot fit, and a small one. For a process that may not write so much.
final class FillingMain {
    private FillingMain() {}

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        try (AppendFile file = AppendFile.open(path.resolveSibling("."), path)) {
            file.append(line("x".repeat(9_999)));
            file.append(line("y".repeat(9_999)));
            try {
                file.append(line("z".repeat(100_000)));
                throw new AssertionError("the limit does not hold");
            } catch (IOException _) {
                file.append(line("small"));
            }
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
