package dev.stepwell.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {
    @TempDir
    Path root;

    @Test
    void a_second_daemon_is_refused_naming_the_first_and_a_killed_one_leaves_no_lock() throws Exception {
        Process holder = holder();
        try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(this::acquire)
                    .isInstanceOf(InstanceHeldException.class)
                    .hasMessageContaining("pid " + holder.pid())
                    .hasMessageContaining("started 20")
                    .hasMessageContaining(root.toString());
        } finally {
            holder.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
        acquire().close();
        acquire().close();
    }

    private InstanceLock acquire() throws IOException {
        return InstanceLock.acquire(new BaseDirectory(root), InstantSource.system());
    }

    private Process holder() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        root.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Takes the lock, says so, and keeps it until it is killed.
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws IOException {
            try (InstanceLock lock =
                    InstanceLock.acquire(new BaseDirectory(Path.of(args[0])), InstantSource.system())) {
                Objects.requireNonNull(lock, "no lock");
                System.out.println("held");
                System.in.read();
            }
        }
    }
}
