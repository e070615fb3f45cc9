package dev.stepwell.core.history;

import dev.stepwell.core.io.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;

/// A process of its own that thins a history, and says so after each piece of work.
final class ThinningProcess {
    private ThinningProcess() {}

    static Process start(Path database, long budget) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThinningProcess.class.getName(),
                        database.toString(),
                        Long.toString(budget))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Thins until the history is within its budget.
    public static void main(String... args) {
        try (Handle handle = SqliteFile.open(Path.of(args[0]), SqliteFile.Durability.PROCESS)) {
            Thinner thinner = new Thinner(handle, Long.parseLong(args[1]));
            boolean more;
            do {
                more = thinner.tend();
                System.out.println("tended");
                System.out.flush();
            } while (more);
        }
    }
}
