package dev.stepwell.core.queue;

import java.io.IOException;
import java.nio.file.Path;

/// A process of its own that has copied a file into a folder of the inbox and does not come to giving it its name.
final class CopyingProcess {
    private CopyingProcess() {}

    static Process start(Path source, Path folder) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CopyingProcess.class.getName(),
                        source.toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Prints where the copy is, and waits for the end of its input.
    public static void main(String... args) throws IOException {
        try (UnfinishedCopy copy = UnfinishedCopy.of(Path.of(args[0]), Path.of(args[1]))) {
            System.out.println(copy.file());
            System.out.flush();
            int _ = System.in.read();
        }
    }
}
