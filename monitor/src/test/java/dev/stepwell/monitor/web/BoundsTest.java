package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.io.BaseDirectory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// How much of the server anybody can take.
class BoundsTest {
    private static final String TOKEN = DaemonFile.newToken();
    private static final int WATCHERS = 1;
    private static final int A_MOMENT_MS = 1_000;
    private static final int PATIENCE_MS = 20_000;

    private final Semaphore uploadsBegun = new Semaphore(0);
    private final List<Socket> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        Route status = new Route(
                "GET",
                "/api/v1/status",
                _ -> ApiResponse.of(200, JsonMapper.shared().createObjectNode()));
        server = ApiServer.start(
                new Site(
                        List.of(status),
                        List.of(),
                        new Site.Viewed(Sessions.open(base, InstantSource.system()), new StatusStream("boot")),
                        new Uploads(1 << 20, this::take)),
                new Entrance("127.0.0.1", 0, TOKEN, Set.of(), null, WATCHERS));
    }

    private ApiResponse take(ApiRequest request, OptionalLong length, InputStream content) {
        uploadsBegun.release();
        try {
            content.readAllBytes();
            return ApiResponse.of(201, JsonMapper.shared().createObjectNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @Test
    void whoFindsNoPlaceToSendAFileIsToldSoAtOnceAndFindsOneLater() throws Exception {
        for (int i = 0; i < Uploads.AT_ONCE; i++) {
            send(upload(10) + "x");
        }
        assertThat(uploadsBegun.tryAcquire(Uploads.AT_ONCE, PATIENCE_MS, TimeUnit.MILLISECONDS))
                .isTrue();

        assertThat(answer(send(upload(1) + "x"))).isEqualTo(503);

        Socket first = open.getFirst();
        first.getOutputStream().write("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer(first)).isEqualTo(201);
        assertThat(answer(send(upload(1) + "x"))).isEqualTo(201);
    }

    @Test
    void aFileThatComesInPiecesOfUnknownNumberIsTakenAsWell() throws IOException {
        assertThat(answer(send("POST /api/v1/files?name=a.jsonl HTTP/1.1\r\n" + headers()
                        + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")))
                .isEqualTo(201);
    }

    @Test
    void whoFindsNoPlaceToWatchIsToldSoAtOnce() throws IOException {
        String watch = "GET /api/v1/events HTTP/1.1\r\n" + headers() + "\r\n";
        assertThat(answer(send(watch))).isEqualTo(200);
        assertThat(answer(send(watch))).isEqualTo(503);
    }

    @Test
    void oneConnectionMoreThanThereMayBeIsAnsweredWhenAnotherEnds() throws IOException {
        for (int i = 0; i < Connections.FOR_REQUESTS + WATCHERS; i++) {
            Socket each = send("GET /api/v1/status HTTP/1.1\r\n" + headers() + "\r\n");
            assertThat(answer(each)).isEqualTo(200); // It stays open for another request.
        }
        Socket late = send("GET /api/v1/status HTTP/1.1\r\n" + headers() + "\r\n");
        late.setSoTimeout(A_MOMENT_MS);
        assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        open.getFirst().close();

        assertThat(answer(late)).isEqualTo(200);
    }

    private String upload(int length) {
        return "POST /api/v1/files?name=a.jsonl HTTP/1.1\r\n%sContent-Length: %d\r\n\r\n".formatted(headers(), length);
    }

    private String headers() {
        return "Host: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n".formatted(server.port(), TOKEN);
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        open.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int answer(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        return RawHttp.read(new BufferedInputStream(socket.getInputStream())).status();
    }
}
