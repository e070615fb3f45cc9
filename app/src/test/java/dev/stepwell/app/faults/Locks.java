package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Folders that cannot be written for a while, not even by root: by Linux's immutable attribute where that is
/// permitted, else by permissions.
final class Locks {
    private Locks() {}

    /// What is done while a folder is locked.
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /// Does `work` while nothing can be made, renamed or deleted in `folder`. Skips the test where this user
    /// cannot bring that about.
    static void whileLocked(Path folder, Work work) throws Exception {
        boolean immutable = succeeds("chattr", "+i", folder.toString());
        if (!immutable) {
            succeeds("chmod", "a-w", folder.toString());
        }
        try {
            assumeThat(canWrite(folder)).as("this user can lock a folder").isFalse();
            work.run();
        } finally {
            assertThat(succeeds(immutable ? "chattr" : "chmod", immutable ? "-i" : "u+w", folder.toString()))
                    .isTrue();
        }
    }

    private static boolean canWrite(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "probe", ""));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) { // There is no such program.
            return false;
        }
    }
}
