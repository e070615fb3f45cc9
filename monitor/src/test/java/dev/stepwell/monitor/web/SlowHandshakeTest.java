package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testing.SelfSigned;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who speaks TLS slowly, or not at all, before there is a request that could be late.
class SlowHandshakeTest {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int LONG_MS = 20_000;

    private final BrokenRequestsWatch broken = new BrokenRequestsWatch();

    @SuppressWarnings("NullAway.Init")
    private SelfSigned own;

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        own = SelfSigned.in(folder);
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        own.write(chain, key);
        server = ApiServer.start(
                Site.ofApi(List.of()),
                Entrance.open("127.0.0.1", 0, DaemonFile.newToken(), Set.of(), ServerCertificate.read(chain, key)),
                PATIENCE);
    }

    @AfterEach
    void end() {
        server.close();
        broken.assertNothingWasTold();
    }

    @Test
    void whoConnectsAndSaysNothingIsLetGo() throws IOException {
        try (Socket socket = connected()) {
            socket.setSoTimeout(LONG_MS);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoDripsItsHelloIsLetGo() throws IOException {
        try (Socket socket = connected()) {
            assertThat(Dripping.isLetGo(socket, hello())).isTrue();
        }
    }

    @Test
    void whoNeverAnswersTheServersPartOfTheHandshakeIsLetGo() throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(hello());
            socket.setSoTimeout(LONG_MS);
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty(); // To the end, which the server makes.
        }
    }

    @Test
    void whoSaysNothingAfterTheHandshakeIsLetGo() throws IOException {
        try (SSLSocket socket = shaken()) {
            socket.setSoTimeout(LONG_MS);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoIsInTimeIsAnswered() throws IOException {
        try (SSLSocket socket = shaken()) {
            socket.getOutputStream()
                    .write("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                            .formatted(server.port())
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(RawHttp.read(new BufferedInputStream(socket.getInputStream()))
                            .status())
                    .isEqualTo(404);
        }
    }

    private Socket connected() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private SSLSocket shaken() throws IOException {
        SSLSocket socket = (SSLSocket)
                own.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.startHandshake();
        return socket;
    }

    /// What a client says first.
    private byte[] hello() throws IOException {
        SSLEngine client = own.trusting().createSSLEngine();
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }
}
