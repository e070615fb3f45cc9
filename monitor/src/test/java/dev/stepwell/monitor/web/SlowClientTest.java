package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Who sends a byte now and then keeps every limit on single reads, and would hold a connection for hours.
class SlowClientTest {
    private static final String TOKEN = DaemonFile.newToken();
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final StatusStream stream = new StatusStream("boot");
    private final BrokenRequestsWatch broken = new BrokenRequestsWatch();

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        Route route = new Route("POST", "/api/v1/things", _ -> ok());
        Site site = new Site(
                List.of(route),
                List.of(),
                new Site.Viewed(Sessions.open(base, InstantSource.system()), stream),
                new Uploads(1 << 20, SlowClientTest::take));
        server = ApiServer.start(site, Entrance.loopback(0, TOKEN), PATIENCE);
    }

    private static ApiResponse ok() {
        return ApiResponse.of(200, JsonMapper.shared().createObjectNode());
    }

    private static ApiResponse take(ApiRequest request, OptionalLong length, InputStream content) {
        try {
            content.readAllBytes();
            return ok();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        server.close();
        broken.assertNothingWasTold();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /api/v1/th",
                "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Long: ",
                "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n\"",
                "POST /api/v1/files?name=a.jsonl HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n{",
                // A second request, on a connection on which one was answered.
                "GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\nGET /noth"
            })
    void whoDripsIsLetGo(String begun) throws IOException {
        try (Socket socket = begun(begun)) {
            assertThat(Dripping.isLetGo(socket, new byte[] {'x'})).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /noth",
                "GET /nothing HTTP/1.1\r\nHost",
                "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n\"",
                "POST /api/v1/files?name=a.jsonl HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n{"
            })
    void whoGoesInTheMiddleOfARequestIsNoFaultOfTheServers(String begun) throws IOException {
        try (Socket socket = begun(begun)) {
            socket.shutdownOutput();
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotStartWith("HTTP/1.1 2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /nothing HTTP/1.1\r\nHost",
                "POST /api/v1/things HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n\"",
                "POST /api/v1/files?name=a.jsonl HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\nContent-Length: 5000\r\n\r\n{"
            })
    void whoSaysNothingMoreIsLetGo(String begun) throws IOException {
        try (Socket socket = begun(begun)) {
            socket.setSoTimeout(20_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .doesNotStartWith("HTTP/1.1 2");
        }
    }

    @Test
    void whoSaysNothingBetweenTwoRequestsIsLetGo() throws IOException {
        try (Socket socket = begun("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n")) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            byte[] answer = in.readAllBytes(); // To the end, which the server makes.
            assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void whoOnlyListensIsToldEventsForAsLongAsItLikes() throws IOException {
        try (Socket socket =
                begun("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nAuthorization: Bearer TOKEN\r\n\r\n")) {
            socket.setSoTimeout(20_000);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int heartbeats = 0;
            while (heartbeats < 2) { // 1.5 seconds apart, which is longer than the server's patience.
                String line = lines.readLine();
                assertThat(line).as("after %d heartbeats", heartbeats).isNotNull();
                heartbeats += line.equals("event: heartbeat") ? 1 : 0;
            }
        }
    }

    private Socket begun(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(request.replace("PORT", Integer.toString(server.port()))
                        .replace("TOKEN", TOKEN)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
