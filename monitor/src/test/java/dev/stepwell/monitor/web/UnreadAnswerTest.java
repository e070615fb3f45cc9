package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Who asks for much and reads nothing: the answer is larger than what the two kernels hold between them, so that it
/// cannot be sent, and nobody waits for that for long.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadAnswerTest {
    private static final String TOKEN = DaemonFile.newToken();
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int LARGE = 16 << 20;
    private static final int PLACES = 64;

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch busy = new CountDownLatch(PLACES - 1);
    private final BrokenRequestsWatch broken = new BrokenRequestsWatch();
    private final StatusStream stream = new StatusStream("boot");

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        ApiResponse large =
                ApiResponse.of(200, JsonMapper.shared().createObjectNode().put("large", "x".repeat(LARGE)));
        ApiResponse small = ApiResponse.of(200, JsonMapper.shared().createObjectNode());
        Site site = new Site(
                List.of(
                        new Route("GET", "/api/v1/large", _ -> large),
                        new Route("GET", "/api/v1/small", _ -> small),
                        new Route("GET", "/api/v1/slow", _ -> {
                            busy.countDown();
                            goOn.await();
                            return small;
                        })),
                List.of(Page.fixed("/large", "text/plain", new byte[LARGE])),
                new Site.Viewed(Sessions.open(base, InstantSource.system()), stream));
        server = ApiServer.start(site, new Entrance("127.0.0.1", 0, TOKEN, Set.of(), null, 1), PATIENCE);
    }

    @AfterEach
    void end() {
        server.close();
        broken.assertNothingWasTold();
    }

    @Test
    void whoReadsNothingGivesItsPlaceToOthers() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES - 1; i++) {
                open.add(asked("/api/v1/slow"));
            }
            busy.await(); // All places but one are taken.
            open.add(asked("/api/v1/large"));
            while (status("/api/v1/small") == 200) {
                Thread.onSpinWait(); // The last one is not taken yet.
            }
            int given = status("/api/v1/small");
            while (given == 503) {
                given = status("/api/v1/small");
            }
            assertThat(given).isEqualTo(200); // Once: a place is given back after the answer that took it.
        } finally {
            goOn.countDown();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void whoDoesNotReadAnAnswerIsLetGo() throws IOException {
        assertThatItIsLetGo("/api/v1/large");
    }

    @Test
    void whoDoesNotReadAPageIsLetGo() throws IOException {
        assertThatItIsLetGo("/large");
    }

    @Test
    void aWatcherWhoDoesNotReadIsLetGo() throws IOException {
        stream.offer(StatusStreamTest.document(
                1, "[{\"type\": \"t\", \"message\": \"%s\", \"step\": 1}]".formatted("x".repeat(LARGE))));
        assertThatItIsLetGo("/api/v1/events");
    }

    @Test
    void whoReadsIsSentAllOfIt() throws IOException {
        try (Socket socket = asked("/large")) {
            socket.setSoTimeout(20_000);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes().length).isGreaterThan(LARGE);
        }
    }

    /// Reads nothing, and sends a byte now and then: to a socket that is closed, none can be sent.
    private void assertThatItIsLetGo(String path) throws IOException {
        try (Socket socket = asked(path)) {
            boolean open = true;
            while (open) {
                assertThat(status("/nothing")).isEqualTo(404);
                try {
                    socket.getOutputStream().write('x');
                } catch (SocketException _) {
                    open = false;
                }
            }
        }
    }

    private int status(String path) throws IOException {
        return RawHttp.send(server.port(), "GET " + path, headers(), "").status();
    }

    private Socket asked(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\n%s\r\n".formatted(path, headers()).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String headers() {
        return "Host: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n".formatted(server.port(), TOKEN);
    }
}
