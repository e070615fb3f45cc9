package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.app.Main;
import dev.stepwell.app.daemon.ServiceManager.Heard;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The manager is a program in Python, because Java cannot listen to what it cannot send.
@EnabledOnOs(OS.LINUX)
class ServiceManagerTest {
    private static final String LISTENER = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1].replace('@', '\\0'))
            s.settimeout(120)
            print('listening', flush=True)
            while True:
                print(s.recv(4096).decode().replace('\\n', '|'), flush=True)
            """;

    /// Listens once it is told to.
    private static final String DEAF = LISTENER.replace("while True:", "input()\nwhile True:");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "@"})
    void whoStartedTheProcessIsToldWhatItAskedFor(String abstractly) throws Exception {
        String address = abstractly + folder.resolve("notify");
        Process manager = new ProcessBuilder("python3", "-c", LISTENER, address).start();
        try (BufferedReader heard = manager.inputReader(StandardCharsets.UTF_8)) {
            assertThat(heard.readLine()).isEqualTo("listening");

            assertThat(ServiceManager.tell(Map.of("NOTIFY_SOCKET", address), ServiceManager.READY))
                    .isEqualTo(Heard.YES);

            assertThat(heard.readLine()).isEqualTo("READY=1");
        } finally {
            manager.destroyForcibly();
        }
    }

    /// A queue of datagrams that nobody takes is full after some; telling would wait for as long as it is.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aManagerThatDoesNotListenIsNotWaitedForAndToldLater() throws Exception {
        String address = folder.resolve("notify").toString();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", address);
        Process manager = new ProcessBuilder("python3", "-c", DEAF, address).start();
        try (BufferedReader heard = manager.inputReader(StandardCharsets.UTF_8)) {
            assertThat(heard.readLine()).isEqualTo("listening");
            ServiceStatus status = new ServiceStatus(environment, InstantSource.system());
            int told = 0;
            while (ServiceManager.tell(environment, "STATUS=" + told) == Heard.YES) {
                told++;
            }
            assertThat(told).isPositive();
            status.ready();

            manager.outputWriter().append("listen\n").flush();
            for (int i = 0; i < told; i++) {
                assertThat(heard.readLine()).isEqualTo("STATUS=" + i);
            }
            status.published(document("idle"), true);
            assertThat(heard.readLine()).startsWith("READY=1|STATUS=Idle");
            status.published(document("training"), true);
            assertThat(heard.readLine()).startsWith("STATUS=Training");
        } finally {
            manager.destroyForcibly();
        }
    }

    private static StatusDocument document(String state) {
        String json = "{\"status\": \"%s\", \"schema_version\": 1, \"seq\": 1, \"boot_id\": \"b\"}".formatted(state);
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }

    /// The name of a socket is left over where a daemon is started by something that a service started.
    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/notify", "relative", "vsock:2:1234"})
    void aDaemonThatCannotTellItsManagerSaysSoOnceAndTrains(String address) throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 30);
        ProcessBuilder daemon = new ProcessBuilder(workshop.command(Main.class, List.of(), "run", "--once"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        daemon.environment().put("NOTIFY_SOCKET", address);

        assertThat(daemon.start().waitFor()).isZero();

        assertThat(workshop.reports("archive")).hasSize(1);
        assertThat(Files.readString(workshop.root().resolve("logs/stepwell.log")))
                .containsOnlyOnce("no service manager is told of what is done")
                .contains(address)
                .doesNotContain("Exception");
    }

    @Test
    void aDaemonSaysWhatItDoesAndThatItEnds() throws Exception {
        String address = folder.resolve("notify").toString();
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 30);
        Process manager = new ProcessBuilder("python3", "-c", LISTENER, address).start();
        try (BufferedReader heard = manager.inputReader(StandardCharsets.UTF_8)) {
            assertThat(heard.readLine()).isEqualTo("listening");
            ProcessBuilder daemon = new ProcessBuilder(workshop.command(Main.class, List.of(), "run", "--once"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            daemon.environment().put("NOTIFY_SOCKET", address);

            assertThat(daemon.start().waitFor()).isZero();

            List<String> lines = new ArrayList<>();
            while (lines.isEmpty() || !lines.getLast().startsWith("STOPPING=1")) {
                lines.add(heard.readLine());
            }
            assertThat(lines)
                    .contains("READY=1")
                    .anyMatch(line -> line.startsWith("STATUS=Training: a.jsonl, file 0/30 (0%), queue 1/1 (100%)"));
            assertThat(lines.getLast())
                    .startsWith("STOPPING=1|STATUS=Completed: all files are trained; last file: a.jsonl, file 30/30");
        } finally {
            manager.destroyForcibly();
        }
    }

    @Test
    void whereNobodyAskedNobodyIsToldAndAWrongAddressIsNamed() throws IOException {
        assertThat(ServiceManager.tell(Map.of(), ServiceManager.READY)).isEqualTo(Heard.NOBODY);
        assertThatThrownBy(() -> ServiceManager.tell(
                        Map.of("NOTIFY_SOCKET", folder.resolve("none").toString()), ServiceManager.READY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody listens at");
        assertThatThrownBy(() -> ServiceManager.tell(Map.of("NOTIFY_SOCKET", "relative"), ServiceManager.READY))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("NOTIFY_SOCKET");
    }
}
