package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Makes files of any name: a JVM in a plain locale can write only ASCII ones.
final class Shell {
    /// Writes what it reads to the file whose name is given in octal escapes.
    void write(Path inbox, byte[] name, byte[] content) throws IOException {
        run(inbox, "cat > \"./$(printf '%b' \"$1\")\"", name, content);
    }

    /// Runs a line of shell in `folder`, with the name in octal escapes as its argument.
    void run(Path folder, String line, byte[] name, byte[] input) throws IOException {
        Process process = new ProcessBuilder(List.of("bash", "-c", line, "bash", octal(name)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String octal(byte[] name) {
        StringBuilder octal = new StringBuilder();
        for (byte b : name) {
            octal.append("\\0%03o".formatted(b & 0xff));
        }
        return octal.toString();
    }
}
