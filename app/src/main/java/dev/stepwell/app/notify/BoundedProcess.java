package dev.stepwell.app.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// Runs a program that is not ours: no longer than it may take, and however much it says.
final class BoundedProcess {
    /// For what a process that ended has said to be read: a child of it may hold the pipe for ever.
    private static final Duration TO_READ = Duration.ofSeconds(1);

    private BoundedProcess() {}

    /// How it ended.
    ///
    /// @param exitCode empty if it had to be killed
    /// @param lastLine of its standard error that is not blank; empty if there is none
    record Ended(OptionalInt exitCode, String lastLine) {}

    /// Runs `command`, without a shell, and kills it with its children if it takes longer than `limit`.
    ///
    /// @param environment beside this process's
    /// @param input       for its standard input, which it need not read
    /// @throws IOException if it cannot be started
    static Ended run(
            List<String> command, Path directory, Map<String, String> environment, byte[] input, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        LastLine errors = new LastLine();
        Thread.ofPlatform().daemon().start(() -> write(process.getOutputStream(), input));
        Thread reader = Thread.ofPlatform().daemon().start(() -> errors.read(process.getErrorStream()));
        try {
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            OptionalInt code = ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
            if (!ended) {
                kill(process);
            }
            reader.join(TO_READ);
            return new Ended(code, errors.text());
        } finally {
            kill(process);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void write(OutputStream out, byte[] input) {
        try (out) {
            out.write(input);
        } catch (IOException _) {
            // It does not want to know, or is gone: its exit code says whether that matters.
        }
    }

    /// The end of what is said, of a bounded length.
    private static final class LastLine {
        private static final int KEPT = 4_096;

        private final byte[] ring = new byte[KEPT];
        private long count;

        void read(InputStream in) {
            byte[] block = new byte[KEPT];
            try (in) {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    add(block, read);
                }
            } catch (IOException _) {
                // Killed while it spoke: what was heard counts.
            }
        }

        private synchronized void add(byte[] block, int length) {
            for (int i = 0; i < length; i++) {
                ring[(int) (count++ % KEPT)] = block[i];
            }
        }

        synchronized String text() {
            int kept = (int) Math.min(count, KEPT);
            byte[] end = new byte[kept];
            for (int i = 0; i < kept; i++) {
                end[i] = ring[(int) ((count - kept + i) % KEPT)];
            }
            return new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (_, last) -> last)
                    .strip();
        }
    }
}
