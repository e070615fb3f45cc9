package dev.stepwell.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each way in which a daemon can fail to be there has its own name.
class DaemonClientTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void make() throws IOException {
        base().create();
    }

    @Test
    void nobody_is_there() throws Exception {
        assertThat(pause()).isInstanceOf(Reply.NoDaemon.class);
    }

    @Test
    void what_a_killed_daemon_left_is_recognized_by_the_lock() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            file(free.getLocalPort(), "token").write(base());
        }
        assertThat(pause())
                .isInstanceOfSatisfying(
                        Reply.Stale.class,
                        stale -> assertThat(stale.left().pid()).isEqualTo(4711));
    }

    @Test
    void another_program_that_got_the_port_of_a_killed_daemon_is_not_taken_for_it() throws Exception {
        try (ApiServer other = ApiServer.start(Site.ofApi(List.of()), Entrance.loopback(0, DaemonFile.newToken()))) {
            file(other.port(), DaemonFile.newToken()).write(base());
            assertThat(pause()).isInstanceOf(Reply.Stale.class);
        }
    }

    @Test
    void a_daemon_that_lives_but_does_not_listen_yet() throws Exception {
        try (InstanceLock _ = InstanceLock.acquire(base(), InstantSource.system())) {
            assertThat(pause()).isInstanceOf(Reply.NotListening.class);
        }
    }

    @Test
    void a_token_that_the_daemon_does_not_take() throws Exception {
        try (InstanceLock _ = InstanceLock.acquire(base(), InstantSource.system());
                ApiServer server =
                        ApiServer.start(Site.ofApi(List.of()), Entrance.loopback(0, DaemonFile.newToken()))) {
            file(server.port(), DaemonFile.newToken()).write(base());
            assertThat(pause()).isInstanceOf(Reply.TokenRefused.class);
        }
    }

    @Test
    void a_file_that_says_nothing_that_makes_sense() throws Exception {
        for (String text : List.of("", "{", "[]", "{\"port\": 1}", "{\"port\": \"x\"}")) {
            Files.writeString(DaemonFile.in(base()), text);
            assertThat(pause()).as(text).isInstanceOf(Reply.Unreadable.class);
        }
    }

    private Reply pause() throws InterruptedException {
        try (DaemonClient client = new DaemonClient(base())) {
            return client.control(Command.PAUSE, true, Duration.ofSeconds(5));
        }
    }

    private static DaemonFile file(int port, String token) {
        return new DaemonFile(port, token, 4711, "boot", Instant.EPOCH, "test");
    }

    private BaseDirectory base() {
        return new BaseDirectory(folder);
    }
}
