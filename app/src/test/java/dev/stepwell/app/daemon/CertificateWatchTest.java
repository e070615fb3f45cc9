package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.CertificateFileException;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.ServerCertificate;
import dev.stepwell.monitor.web.Site;
import dev.stepwell.testing.SelfSigned;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that goes on while its certificate is replaced, as well as it is.
class CertificateWatchTest {
    @SuppressWarnings("NullAway.Init")
    private static SelfSigned old;

    @SuppressWarnings("NullAway.Init")
    private static SelfSigned renewed;

    @TempDir
    private Path folder;

    private final StatusBoard board = new StatusBoard();
    private Instant now = Instant.now().plus(Duration.ofHours(1));

    @SuppressWarnings("NullAway.Init")
    private Path chain;

    @SuppressWarnings("NullAway.Init")
    private Path key;

    @SuppressWarnings("NullAway.Init")
    private CertificateWatch watch;

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeAll
    static void make(@TempDir Path aside) throws Exception {
        old = SelfSigned.in(aside);
        renewed = SelfSigned.in(aside);
    }

    @BeforeEach
    void start() throws Exception {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        old.write(chain, key);
        watch = new CertificateWatch(chain, key, board, () -> now);
        server = ApiServer.start(
                Site.ofApi(List.of()), Entrance.open("127.0.0.1", 0, "t".repeat(32), Set.of(), watch.first()));
    }

    @AfterEach
    void end() {
        watch.close();
        server.close();
    }

    @Test
    void whoConnectsAfterARenewalSeesTheNewOneAndWhoIsThereGoesOn() throws Exception {
        try (SSLSocket before = connected(old)) {
            assertThat(answer(before)).isEqualTo("HTTP/1.1 404 Not Found");
            replace(renewed.chain(), renewed.secret());

            look(2);

            try (SSLSocket after = connected(renewed)) {
                assertThat(shown(after)).isEqualTo(renewed.certificate());
                assertThat(answer(after)).isEqualTo("HTTP/1.1 404 Not Found");
            }
            assertThatThrownBy(() -> connected(old)).isInstanceOf(SSLHandshakeException.class);
            assertThat(answer(before)).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(alerts()).isEmpty();
        }
    }

    @Test
    void whatIsWrittenFileByFileIsReadWhenBothAreThere() throws Exception {
        replace(renewed.chain(), old.secret());
        look(1);
        replace(renewed.chain(), renewed.secret());
        look(1);
        assertThat(alerts()).isEmpty();
        assertThatOneIsShown(old);

        look(1);

        assertThatOneIsShown(renewed);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void aPairThatDoesNotBelongTogetherIsSaidAndTheOldOneGoesOnToBeShown() throws Exception {
        replace(renewed.chain(), old.secret());

        look(2);

        assertThat(alerts())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("%s is not the key of %s".formatted(key, chain));
        assertThatOneIsShown(old);

        replace(old.chain(), old.secret());
        look(2);
        assertThat(alerts()).isEmpty();
    }

    @Test
    void whatIsCutOffIsNotRead() throws Exception {
        String whole = renewed.chain();
        for (String half : List.of(
                "",
                whole.substring(0, whole.length() / 2),
                whole + whole.substring(0, whole.length() / 2),
                whole.substring(0, whole.length() - 30))) {
            replace(half, renewed.secret());
            look(2);
            assertThat(alerts()).as(half).hasSize(1);
            assertThatOneIsShown(old);
        }
        replace(whole, renewed.secret().substring(0, 60));
        look(2);
        assertThat(alerts())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("no private key");
        assertThatOneIsShown(old);

        Files.delete(key);
        look(2);
        assertThat(alerts())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("it is not there");
        assertThatOneIsShown(old);

        replace(whole, renewed.secret());
        look(2);
        assertThat(alerts()).isEmpty();
        assertThatOneIsShown(renewed);
    }

    @Test
    void oneThatNoClientWouldAcceptIsNotShownAndOneThatGrewOldIsSaid() throws Exception {
        SelfSigned expired = SelfSigned.in(folder, "-startdate", "-10d", "-validity", "5");
        replace(expired.chain(), expired.secret());
        look(2);
        assertThat(alerts())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("expired at");
        assertThatOneIsShown(old);

        replace(old.chain(), old.secret());
        look(2);
        assertThat(alerts()).isEmpty();

        now = now.plus(Duration.ofDays(365));
        look(1);
        assertThat(alerts())
                .singleElement()
                .extracting(Alert::message)
                .asString()
                .contains("expired at");
    }

    @Test
    void nothingBeginsWithWhatCannotBeShown() throws Exception {
        replace(old.chain(), renewed.secret());
        assertThatThrownBy(() -> new CertificateWatch(chain, key, board, () -> now))
                .isInstanceOf(CertificateFileException.class)
                .hasMessage("%s is not the key of %s", key, chain);
        SelfSigned rsa = SelfSigned.in(folder, "-keyalg", "RSA", "-keysize", "2048");
        replace(old.chain(), rsa.secret());
        assertThatThrownBy(() -> ServerCertificate.read(chain, key)).isInstanceOf(CertificateFileException.class);
        replace(rsa.chain(), rsa.secret());
        assertThat(ServerCertificate.read(chain, key).expires())
                .isEqualTo(rsa.certificate().getNotAfter().toInstant());
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watch.look(server::renew);
        }
    }

    private List<Alert> alerts() {
        return board.latest().standing();
    }

    /// By rename, as tools do that renew.
    private void replace(String certificates, String secret) throws IOException {
        Path aside = folder.resolve("aside");
        Files.move(Files.writeString(aside, certificates), chain, StandardCopyOption.REPLACE_EXISTING);
        Files.move(Files.writeString(aside, secret), key, StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertThatOneIsShown(SelfSigned expected) throws IOException {
        try (SSLSocket socket = connected(expected)) {
            assertThat(shown(socket)).isEqualTo(expected.certificate());
        }
    }

    private static Certificate shown(SSLSocket socket) throws IOException {
        return socket.getSession().getPeerCertificates()[0];
    }

    private SSLSocket connected(SelfSigned trusted) throws IOException {
        SSLSocket socket = (SSLSocket)
                trusted.trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    /// The first line of the answer to a request.
    private static String answer(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
                        .formatted(socket.getPort())
                        .getBytes(StandardCharsets.US_ASCII));
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String first = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        assertThat(in.skip(length)).isEqualTo(length).isPositive();
        return first;
    }
}
