package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.RawHttp.Answer;
import dev.stepwell.testing.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A server that other machines can reach.
class OpenEntranceTest {
    private static final String TOKEN = DaemonFile.newToken();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Site site;

    @BeforeEach
    void site() throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        site = new Site(
                List.of(new Route(
                        "POST",
                        "/api/v1/things",
                        _ -> ApiResponse.of(200, JsonMapper.shared().createObjectNode()))),
                List.of(page("/", false), page("/metrics", true)),
                new Site.Viewed(Sessions.open(base, InstantSource.system()), new StatusStream("boot")));
    }

    private static Page page(String path, boolean telling) {
        Page.Content content = new Page.Content(200, "text/plain", "here".getBytes(StandardCharsets.UTF_8));
        return new Page(path, telling, _ -> content);
    }

    private ApiServer open(ServerCertificate... certificate) {
        return ApiServer.start(
                site,
                Entrance.open(
                        "0.0.0.0", 0, TOKEN, Set.of("Train.Example"), certificate.length == 0 ? null : certificate[0]));
    }

    @Test
    void whatTellsOfTrainingNeedsTheTokenAndThePageItselfDoesNot() throws IOException {
        try (ApiServer server = open()) {
            assertThat(send(server, "GET /", "").status()).isEqualTo(200);
            assertThat(send(server, "GET /metrics", "").status()).isEqualTo(401);
            assertThat(send(server, "POST /api/v1/things", "").status()).isEqualTo(401);
            assertThat(send(server, "GET /metrics", bearer(TOKEN)).status()).isEqualTo(200);
            assertThat(send(server, "POST /api/v1/things", bearer(TOKEN)).status())
                    .isEqualTo(200);
        }
        try (ApiServer loopback = ApiServer.start(site, Entrance.loopback(0, TOKEN))) {
            String host = "Host: 127.0.0.1:%d\r\n".formatted(loopback.port());
            assertThat(RawHttp.send(loopback.port(), "GET /metrics", host, "").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"train.example", "TRAIN.example:443", "192.0.2.7:7878", "[2001:db8::1]:7878", "localhost:1"})
    void itAnswersToItsNamesAndToAddressesInDigits(String host) throws IOException {
        try (ApiServer server = open()) {
            assertThat(RawHttp.send(server.port(), "GET /", "Host: " + host + "\r\n", "")
                            .status())
                    .isEqualTo(200);
        }
    }

    /// The one that was made to point here, and others that look like the server's own.
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "train.example.evil.example", "evil.example:7878", "0x7f.1", "train.example@evil"
            })
    void itAnswersToNoOtherName(String host) throws IOException {
        try (ApiServer server = open()) {
            assertThat(RawHttp.send(server.port(), "POST /api/v1/things", "Host: " + host + "\r\n" + bearer(TOKEN), "")
                            .status())
                    .isIn(400, 403);
        }
    }

    @Test
    void onlyItsOwnPagesMayAskAndAProxyMaySpeakTlsInItsPlace() throws IOException {
        try (ApiServer server = open()) {
            for (String own : List.of("http://train.example", "https://train.example")) {
                assertThat(from(server, own)).as(own).isEqualTo(200);
            }
            for (String other : List.of(
                    "https://evil.example", "null", "https://train.example:8443", "http://192.0.2.7", "https://")) {
                assertThat(from(server, other)).as(other).isEqualTo(403);
            }
        }
    }

    private static int from(ApiServer server, String origin) throws IOException {
        return send(server, "POST /api/v1/things", bearer(TOKEN) + "Origin: " + origin + "\r\n")
                .status();
    }

    @Test
    void whoHasTheTokenLogsInWithIt() throws IOException {
        try (ApiServer server = open()) {
            String host = "Host: train.example\r\n";
            Answer large =
                    RawHttp.send(server.port(), "POST /login", host, "{\"token\": \"" + "x".repeat(1_100) + "\"}");
            assertThat(large.status()).isEqualTo(400);
            Answer wrong = RawHttp.send(server.port(), "POST /login", host, "{\"token\": \"" + TOKEN + "x\"}");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.json().get("error").asString()).isEqualTo("wrong_token");
            Answer in = RawHttp.send(server.port(), "POST /login", host, "{\"token\": \"" + TOKEN + "\"}");
            String session = in.json().get("token").asString();
            assertThat(session).isNotEqualTo(TOKEN);
            assertThat(send(server, "POST /api/v1/things", bearer(session)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void withACertificateItSpeaksTlsAndNothingElse() throws Exception {
        SelfSigned own = SelfSigned.in(folder);
        try (ApiServer server = open(certificate(own));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(own.trusting()).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:%d/metrics".formatted(server.port())))
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("here");
            assertThatThrownBy(() -> send(server, "GET /", ""))
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
    }

    private ServerCertificate certificate(SelfSigned own) throws Exception {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        own.write(chain, key);
        return ServerCertificate.read(chain, key);
    }

    private static Answer send(ApiServer server, String line, String headers) throws IOException {
        return RawHttp.send(server.port(), line, "Host: train.example\r\n" + headers, "");
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }
}
