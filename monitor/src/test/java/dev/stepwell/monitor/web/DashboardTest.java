package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Control;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.metrics.MetricsText;
import dev.stepwell.monitor.metrics.QueueNumbers;
import dev.stepwell.monitor.metrics.WorkMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real server with a dashboard, on a status that a real publisher publishes.
@Timeout(60)
class DashboardTest {
    private static final String TOKEN = DaemonFile.newToken();

    private final StatusBoard board = new StatusBoard();
    private final StatusStream stream = new StatusStream("boot", new Turns(24, System::nanoTime));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @SuppressWarnings("NullAway.Init")
    private StatusPublisher publisher;

    @SuppressWarnings("NullAway.Init")
    private Sessions sessions;

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        publisher = new StatusPublisher(
                board,
                new ProcessIdentity(7, "boot", Instant.EPOCH),
                new Limits(48, 512),
                folder.resolve("status.json"));
        sessions = Sessions.open(base, InstantSource.system());
        stream.offer(publisher.document());
        publisher.watch((document, _) -> stream.offer(document));
        server = ApiServer.start(
                new Site(
                        ControlRoutes.of(new Control(board), board, publisher),
                        Dashboard.pages(
                                publisher::document,
                                new MetricsText(
                                        publisher::document,
                                        () -> new QueueNumbers(Map.of(), Map.of(), 0, 0),
                                        new WorkMetrics(),
                                        "1.2.3")),
                        new Site.Viewed(sessions, stream)),
                Entrance.loopback(0, TOKEN));
    }

    @AfterEach
    void end() {
        server.close();
        publisher.close();
        http.shutdownNow(); // A test that fails leaves streams that are not read, and they would never end.
        http.close();
    }

    @Test
    void thePageAndAllThatItNamesAreThereAndNothingComesFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                        + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        List<String> named = named(page.body(), "(?:src|href)=\"([^\"]+)\"");
        named.remove("data:,");
        assertThat(named).contains("/assets/main.js", "/assets/dashboard.css");
        for (String asset : named) {
            HttpResponse<String> answer = get(asset, "");
            assertThat(answer.statusCode()).as(asset).isEqualTo(200);
            for (String imported : named(answer.body(), "from '\\./([^']+)'")) {
                assertThat(get("/assets/" + imported, "").headers().firstValue("Content-Type"))
                        .as(imported)
                        .hasValue("text/javascript; charset=utf-8");
            }
            assertThat(answer.body()).as(asset).doesNotContain("innerHTML", "https://", "eval(");
        }
        assertThat(page.body())
                .doesNotContain("style=", "javascript:")
                .doesNotContainPattern("<script(?! type=\"module\" src=)");
        assertThat(page.body()).doesNotContainPattern("\\son\\w+=");
    }

    /// Of what needs no token, too, pages are told nothing whose name was made to point here.
    @Test
    void whatEverybodyMayReadIsReadByTheServersOwnNameAndByItsOwnPagesOnly() throws IOException {
        String own = "Host: 127.0.0.1:%d\r\n".formatted(server.port());
        for (String line : List.of(
                "GET /",
                "GET /assets/main.js",
                "GET /status/training_status.json",
                "GET /metrics",
                "GET /healthz",
                "GET /openapi.json",
                "POST /login",
                "GET /nothing")) {
            for (String strange : List.of(
                    "Host: evil.example:%d\r\n".formatted(server.port()), own + "Origin: http://evil.example\r\n")) {
                assertThat(RawHttp.send(server.port(), line, strange, "").status())
                        .as(line + strange)
                        .isEqualTo(403);
            }
        }
        assertThat(RawHttp.send(server.port(), "GET /metrics", own + "Host: evil.example\r\n", "")
                        .status())
                .as("two names")
                .isEqualTo(400);
    }

    @Test
    void nothingThatIsAnsweredIsTakenForAnythingElse() throws Exception {
        for (String path : List.of("/", "/assets/dashboard.css", "/metrics", "/api/v1/status", "/nothing")) {
            assertThat(get(path, TOKEN).headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .hasValue("nosniff");
        }
        String host = "Host: 127.0.0.1:%d\r\n".formatted(server.port());
        String refusal = RawHttp.send(server.port(), "GET /%3Cscript%3E<script>", host, "")
                .head();
        assertThat(refusal).startsWith("HTTP/1.1 400").doesNotContain("script", "text/html");
    }

    @Test
    void aLinkLetsABrowserInOnce() throws Exception {
        String key = sessions.newKey();
        HttpResponse<String> first = logIn(key);
        assertThat(first.statusCode()).isEqualTo(200);
        String token = JsonMapper.shared().readTree(first.body()).path("token").asString();

        assertThat(get("/api/v1/status", token).statusCode()).isEqualTo(200);
        assertThat(logIn(key).statusCode()).isEqualTo(401);
        assertThat(logIn("").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/status", token + "x").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/events", "").statusCode()).isEqualTo(401);
    }

    @Test
    void programsReadTheStatusAndWhetherItIsReadyWithoutAToken() throws Exception {
        assertThat(get("/readyz", "").statusCode()).isEqualTo(503);
        assertThat(get("/healthz", "").body()).isEqualTo("ok\n");
        try (Watcher watcher = watch("")) {
            watcher.next();
            board.state(DaemonState.IDLE);
            watcher.until("transition");
        }
        HttpResponse<String> ready = get("/readyz", "");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("idle\n");
        JsonNode status = JsonMapper.shared()
                .readTree(get("/status/training_status.json", "").body());
        assertThat(status.path("status").asString()).isEqualTo("idle");
        assertThat(status.has("batch_total_steps")).isTrue();
    }

    @Test
    void whoIsCutOffAndComesBackMissesNoTransition() throws Exception {
        String id;
        try (Watcher watcher = watch("")) {
            assertThat(watcher.next().data().path("status").asString()).isEqualTo("starting");
            board.state(DaemonState.IDLE);
            assertThat(watcher.until("transition").data().path("status").asString())
                    .isEqualTo("idle");
            Event snapshot = watcher.until("snapshot");
            assertThat(snapshot.data().path("status").asString()).isEqualTo("idle");
            id = snapshot.id();
        }
        board.state(DaemonState.PAUSED);
        board.state(DaemonState.IDLE);
        try (Watcher again = watch(id)) {
            assertThat(again.until("transition").data().path("status").asString())
                    .isEqualTo("paused");
            assertThat(again.until("transition").data().path("status").asString())
                    .isEqualTo("idle");
        }
    }

    @Test
    void watchersDoNotTakeThePlacesOfRequestsAndAreLetGoAtTheEnd() throws Exception {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            watchers.add(watch(""));
        }
        for (Watcher watcher : watchers) {
            assertThat(watcher.until("snapshot").data().path("status").asString())
                    .isEqualTo("starting");
        }
        assertThat(get("/api/v1/status", TOKEN).statusCode()).isEqualTo(200);

        server.close();

        for (Watcher watcher : watchers) {
            assertThat(watcher.endsInOrder()).isTrue();
        }
    }

    @Test
    void whoWatchesBesideManyIsToldWithinHowLongThereWillBeSomething() throws Exception {
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            watchers.add(watch(""));
        }
        assertThat(watchers.getFirst().next().type()).isEqualTo("snapshot");
        Event first = watchers.getLast().next();
        assertThat(first.type()).isEqualTo("heartbeat");
        assertThat(first.data().path("within_ms").asInt()).isEqualTo(6_000);
        assertThat(watchers.getFirst()
                        .until("heartbeat")
                        .data()
                        .path("within_ms")
                        .asInt())
                .isEqualTo(6_000);
        server.close();
        for (Watcher watcher : watchers) {
            assertThat(watcher.endsInOrder()).isTrue();
        }
    }

    private record Event(String id, String type, JsonNode data) {}

    /// Reads events as they come.
    private record Watcher(BufferedReader lines) implements AutoCloseable {
        Event next() throws IOException {
            Event event = read();
            if (event == null) {
                throw new AssertionError("the stream has ended");
            }
            return event;
        }

        Event until(String type) throws IOException {
            Event event = next();
            while (!event.type().equals(type)) {
                event = next();
            }
            return event;
        }

        boolean endsInOrder() throws IOException {
            Event event = read();
            while (event != null) {
                event = read();
            }
            return true;
        }

        private @Nullable Event read() throws IOException {
            String id = "";
            String type = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Event(id, type, JsonMapper.shared().readTree(line.substring(6)));
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Watcher watch(String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/v1/events", TOKEN);
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        return new Watcher(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return http.send(request(path, token).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> logIn(String key) throws IOException, InterruptedException {
        HttpRequest request = request("/login", "")
                .POST(BodyPublishers.ofString(
                        JsonMapper.shared().createObjectNode().put("key", key).toString()))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path)));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static List<String> named(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
