package dev.stepwell.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImmediateExitTest {
    private static final int CODE = 143;

    /// Ends in a process in which whatever native libraries would do at the end is deadly: `atexit(abort)`.
    static final class Main {
        @SuppressWarnings("restricted") // The test is started with --enable-native-access.
        public static void main(String[] args) throws Throwable {
            Linker linker = Linker.nativeLinker();
            SymbolLookup libc = linker.defaultLookup();
            MemorySegment abort = libc.find("abort").orElseThrow();
            // What `atexit` is made of, where that itself is no symbol of the library: the handler, and two arguments.
            int failed = (int) linker.downcallHandle(
                            libc.find("__cxa_atexit").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS))
                    .invokeExact(abort, MemorySegment.NULL, MemorySegment.NULL);
            if (failed != 0) {
                throw new IllegalStateException("__cxa_atexit returned " + failed);
            }
            if (args.length == 0) {
                new ImmediateExit().now(CODE);
            }
            Runtime.getRuntime().halt(CODE);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no __cxa_atexit")
    void noNativeLibraryIsTakenDownOnTheWay(@TempDir Path folder) throws Exception {
        assertThat(exitCode(folder)).isEqualTo(CODE);
        assertThat(exitCode(folder, "halt")).as("what it is there for").isNotEqualTo(CODE);
    }

    private static int exitCode(Path folder, String... args) throws Exception {
        ProcessBuilder child = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        child.command().addAll(List.of(args));
        Process process =
                child.directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty();
        return process.waitFor();
    }
}
