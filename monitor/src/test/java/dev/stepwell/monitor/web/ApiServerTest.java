package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.web.RawHttp.Answer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A real server, spoken to byte by byte, because a client library would not send what an intruder would.
class ApiServerTest {
    private static final String TOKEN = DaemonFile.newToken();

    private static final int MAX_UPLOAD = 300_000;

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final StatusBoard board = new StatusBoard();
    private final Control control = new Control(board);

    @SuppressWarnings("NullAway.Init")
    private StatusPublisher publisher;

    @SuppressWarnings("NullAway.Init")
    private ApiServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        publisher = new StatusPublisher(
                board,
                new ProcessIdentity(7, "boot", Instant.EPOCH),
                new Limits(48, 512),
                folder.resolve("status.json"));
        List<Route> routes = new ArrayList<>(ControlRoutes.of(control, board, publisher));
        routes.add(new Route(
                "POST",
                "/api/v1/things/{id}/name",
                r -> ApiResponse.of(
                        200,
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("id", r.path().get("id"))
                                .set("body", r.body()))));
        routes.add(new Route("GET", "/api/v1/broken", _ -> {
            throw new IllegalStateException("secret detail");
        }));
        server = ApiServer.start(
                new Site(routes, List.of(), null, new Uploads(MAX_UPLOAD, this::take)), Entrance.loopback(0, TOKEN));
    }

    private ApiResponse take(ApiRequest request, OptionalLong length, InputStream content) {
        try {
            taken.add(request.query().get("name") + ": " + content.readAllBytes().length);
            return ApiResponse.of(201, JsonMapper.shared().createObjectNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        server.close();
        publisher.close();
    }

    @Test
    void whoever_has_the_token_reads_the_status_and_gives_commands() throws IOException {
        assertThat(authorized("GET", "/api/v1/status", "").json().get("status").asString())
                .isEqualTo("starting");
        Answer pause = authorized("POST", "/api/v1/control/pause?wait=false", "");
        assertThat(pause.status()).isEqualTo(202);
        assertThat(pause.json().get("effect").asString()).isEqualTo("pending");
        Answer skip = authorized("POST", "/api/v1/control/skip", "");
        assertThat(skip.status()).isEqualTo(409);
        assertThat(skip.json().get("reason").asString()).isEqualTo("nothing_to_skip");
        assertThat(skip.json().get("message").asString()).isEqualTo("Not skipped: no file is in training.");
        assertThat(skip.json().get("current_file").isNull()).isTrue();
        Answer resume = authorized("POST", "/api/v1/control/resume", "");
        assertThat(resume.status()).isEqualTo(200);
        assertThat(resume.json().get("state").asString()).isEqualTo("starting");
    }

    @Test
    void an_answer_comes_when_the_effect_does_and_is_given_before_the_server_ends() throws Exception {
        CompletableFuture<Answer> stop = CompletableFuture.supplyAsync(() -> {
            try {
                return authorized("POST", "/api/v1/control/stop?after_file=true&timeout=20", "");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        while (!control.stopRequested()) {
            Thread.onSpinWait();
        }
        board.state(DaemonState.STOPPED);
        control.ended(false);
        server.close();
        Answer answer = stop.get(20, TimeUnit.SECONDS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("command").asString()).isEqualTo("stop_after_file");
        assertThat(answer.json().get("state").asString()).isEqualTo("stopped");
    }

    @Test
    void who_has_an_answer_finds_it_in_what_was_told() throws Exception {
        CompletableFuture<@Nullable Void> busy = new CompletableFuture<>();
        List<String> told = new CopyOnWriteArrayList<>();
        publisher.watch((document, _) -> {
            busy.join();
            told.add(String.valueOf(document.status()));
        });
        board.state(DaemonState.IDLE);
        CompletableFuture<Answer> resume = CompletableFuture.supplyAsync(() -> {
            try {
                return authorized("POST", "/api/v1/control/resume", "");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < 5; i++) {
            assertThat(authorized("GET", "/api/v1/status", "").status()).isEqualTo(200);
        }
        assertThat(resume).as("while others are answered").isNotDone();

        busy.complete(null);
        assertThat(resume.get(20, TimeUnit.SECONDS).status())
                .as("refused: nothing is paused")
                .isEqualTo(409);
        assertThat(told).contains("idle");
    }

    @Test
    void without_the_token_nothing_is_told_or_done() throws IOException {
        for (String authorization : List.of(
                "",
                "Authorization: Bearer\r\n",
                "Authorization: Bearer wrong\r\n",
                "Authorization: Bearer " + TOKEN + "x\r\n",
                "Authorization: Basic " + TOKEN + "\r\n")) {
            for (String path : List.of("/api/v1/control/stop", "/api/v1/status", "/api/v1/nothing", "/api/v1/broken")) {
                Answer answer = send("POST " + path, host(), authorization, "");
                assertThat(answer.status()).as(path + authorization).isEqualTo(401);
                assertThat(answer.json().get("error").asString()).isEqualTo("wrong_token");
            }
        }
        assertThat(control.stopRequested()).isFalse();
    }

    @Test
    void pages_of_other_sites_and_names_that_were_made_to_point_here_are_refused() throws IOException {
        String token = "Authorization: Bearer " + TOKEN + "\r\n";
        for (String host : List.of(
                "evil.example:" + server.port(),
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.1.evil.example:" + server.port(),
                "localhost.:" + server.port())) {
            assertThat(send("POST /api/v1/control/stop", "Host: " + host + "\r\n", token, "")
                            .status())
                    .as(host)
                    .isEqualTo(403);
        }
        for (String origin : List.of("http://evil.example", "null", "https://127.0.0.1:" + server.port())) {
            assertThat(send("POST /api/v1/control/stop", host(), token + "Origin: " + origin + "\r\n", "")
                            .status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(control.stopRequested()).isFalse();
        String own = "Origin: http://127.0.0.1:%d\r\n".formatted(server.port());
        assertThat(send("POST /api/v1/control/skip", host(), token + own, "").status())
                .isEqualTo(409);
    }

    @Test
    void what_makes_no_sense_is_named_in_json() throws IOException {
        assertThat(authorized("GET", "/api/v1/nothing", "").status()).isEqualTo(404);
        Answer method = authorized("GET", "/api/v1/control/stop", "");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.head()).contains("Allow: POST");
        for (String query : List.of("wait=maybe", "timeout=-1", "timeout=x", "timeout=1e9", "after_file=1")) {
            Answer bad = authorized("POST", "/api/v1/control/stop?" + query, "");
            assertThat(bad.status()).as(query).isEqualTo(400);
            assertThat(bad.json().get("message").asString()).contains(query.substring(0, query.indexOf('=')));
        }
        assertThat(control.stopRequested()).isFalse();
        Answer broken = authorized("GET", "/api/v1/broken", "");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.json().toString()).doesNotContain("secret");
    }

    @Test
    void a_handler_gets_parameters_and_body_and_neither_can_be_without_bounds() throws IOException {
        Answer answer = authorized("POST", "/api/v1/things/a%20b/name", "{\"x\": 1}");
        assertThat(answer.json().get("id").asString()).isEqualTo("a b");
        assertThat(answer.json().at("/body/x").asInt()).isEqualTo(1);
        assertThat(authorized("POST", "/api/v1/things/1/name", "{").status()).isEqualTo(400);
        String token = "Authorization: Bearer " + TOKEN + "\r\n";
        String long_ = token + "X: " + "x".repeat(9_000) + "\r\n";
        assertThat(send("GET /api/v1/status", host(), long_, "").status()).isIn(400, 413, 431);
        String many = token + "X: y\r\n".repeat(2_000);
        assertThat(send("GET /api/v1/status", host(), many, "").status()).isIn(400, 413, 431);
        String line = "GET /api/v1/status?x=" + "x".repeat(5_000);
        assertThat(send(line, host(), token, "").status()).isIn(400, 414);
    }

    @Test
    void a_file_may_be_larger_than_other_bodies_and_no_larger_than_it_may_be() throws IOException {
        Answer sent = authorized("POST", "/api/v1/files?name=a.jsonl", "x".repeat(MAX_UPLOAD));
        assertThat(sent.status()).isEqualTo(201);
        assertThat(taken).containsExactly("a.jsonl: " + MAX_UPLOAD);

        // Refused by its length alone: nobody reads the rest, so it is not sent.
        try (Socket socket = begun(
                "POST /api/v1/files?name=b.jsonl HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(server.port(), TOKEN, MAX_UPLOAD + 1))) {
            socket.setSoTimeout(20_000);
            assertThat(RawHttp.read(new BufferedInputStream(socket.getInputStream()))
                            .status())
                    .isEqualTo(413);
        }
        // And by what comes, where nobody said how long it is.
        try (Socket socket = begun(
                "POST /api/v1/files?name=b.jsonl HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(server.port(), TOKEN, MAX_UPLOAD + 1, "x".repeat(MAX_UPLOAD + 1)))) {
            socket.setSoTimeout(20_000);
            assertThat(RawHttp.read(new BufferedInputStream(socket.getInputStream()))
                            .status())
                    .isEqualTo(413);
        }
        assertThat(send("POST /api/v1/files?name=c.jsonl", host(), "", "x").status())
                .isEqualTo(401);
        assertThat(taken).hasSize(1);
    }

    /// Whatever it would be, nobody waits for it: of a chunk, all would be held in memory.
    @Test
    void a_body_that_is_large_or_has_no_length_is_refused_before_it_comes() throws IOException {
        String token = "Authorization: Bearer %s\r\n".formatted(TOKEN);
        String chunk = "Transfer-Encoding: chunked\r\n\r\n3b9aca00\r\n";
        String large = "Content-Length: 70000\r\n\r\n";
        assertThat(refused("POST /api/v1/things/1/name", token + large)).isEqualTo(413);
        assertThat(refused("GET /nothing", large)).isEqualTo(413);
        assertThat(refused("POST /api/v1/files?name=a.jsonl", large)).isEqualTo(401);
        assertThat(refusedForGood("POST /api/v1/things/1/name", token + chunk)).isEqualTo(413);
        assertThat(refusedForGood("GET /api/v1/status", token + chunk)).isEqualTo(413);
        assertThat(refusedForGood("POST /login", chunk)).isEqualTo(413);
        assertThat(refusedForGood("POST /api/v1/files?name=a.jsonl", chunk)).isEqualTo(401);
        assertThat(refusedForGood("PUT /api/v1/files?name=a.jsonl", token + chunk))
                .isEqualTo(413);
        assertThat(taken).isEmpty();
    }

    /// What a request is answered of whose body nothing comes.
    private int refused(String line, String rest) throws IOException {
        try (Socket socket = begun(line + " HTTP/1.1\r\n" + host() + rest)) {
            socket.setSoTimeout(5_000);
            return RawHttp.read(socket.getInputStream()).status();
        }
    }

    /// The same where nothing that comes is read any more, as a body or as another request.
    private int refusedForGood(String line, String rest) throws IOException {
        try (Socket socket =
                begun(line + " HTTP/1.1\r\n" + host() + rest + "GET /nothing HTTP/1.1\r\n" + host() + "\r\n")) {
            socket.setSoTimeout(5_000);
            int status = RawHttp.read(socket.getInputStream()).status();
            assertThatItHasEnded(socket);
            return status;
        }
    }

    private static void assertThatItHasEnded(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).as("after the answer").isEqualTo(-1);
        } catch (SocketException e) { // What was not read makes the end a reset.
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @Test
    void however_a_path_is_written_the_token_is_needed_for_it() throws IOException {
        for (String path : List.of(
                "//api/v1/status",
                "/./api/v1/status",
                "/x/../api/v1/status",
                "/%61pi/v1/status",
                "/%2e/api/v1/status",
                "/api%2Fv1/status",
                "/api;a=b/v1/status",
                "/api/v1/status;a=b",
                "/API/v1/status",
                "/api//v1/status",
                "http://127.0.0.1/api/v1/status",
                "*")) {
            assertThat(send("GET " + path, host(), "", "").status()).as(path).isIn(400, 401, 404);
        }
    }

    /// More than there are places for requests, and none of them ever sends the rest.
    @Test
    void who_sends_slowly_keeps_nobody_from_being_answered() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(begun(
                        "POST /api/v1/things/1/name HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(server.port())));
                slow.add(begun(
                        "POST /api/v1/things/1/name HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Length: 100\r\n\r\n{"
                                .formatted(server.port(), TOKEN)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(authorized("GET", "/api/v1/status", "").status()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket begun(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void connections_leave_half_of_the_files_to_training() {
        assertThat(Connections.watchers(1_024)).isEqualTo(512 - 128);
        assertThat(Connections.watchers(1 << 20)).isEqualTo(10_240);
        assertThat(Connections.watchers(-1)).isEqualTo(128);
    }

    @Test
    void a_port_that_is_taken_is_no_reason_not_to_listen() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ApiServer other =
                        ApiServer.start(Site.ofApi(List.of()), Entrance.loopback(taken.getLocalPort(), TOKEN))) {
            assertThat(other.port()).isPositive().isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void nothing_that_needs_no_token_can_be_mounted() {
        assertThatThrownBy(() -> new Route("GET", "/public", _ -> ApiResponse.error(500, "", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_cannot_be_reached_by_another_address_of_the_machine() throws IOException {
        InetAddress own = InetAddress.getByName("127.0.0.2"); // Loopback too, but not the one it listens on.
        assertThatThrownBy(() -> new Socket(own, server.port()).close()).isInstanceOf(IOException.class);
    }

    private Answer authorized(String method, String path, String body) throws IOException {
        return send(method + " " + path, host(), "Authorization: Bearer " + TOKEN + "\r\n", body);
    }

    private String host() {
        return "Host: 127.0.0.1:%d\r\n".formatted(server.port());
    }

    private Answer send(String line, String host, String headers, String body) throws IOException {
        return RawHttp.send(server.port(), line, host + headers, body);
    }

    @Test
    void a_second_stop_is_answered_like_the_first() throws Exception {
        assertThat(control.ask(Command.STOP)).isNotDone();
        assertThat(authorized("POST", "/api/v1/control/stop?wait=false", "").status())
                .isEqualTo(202);
    }
}
