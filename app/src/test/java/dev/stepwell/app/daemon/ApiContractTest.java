package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.history.Metric;
import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.QueueDesk;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document against a real daemon that trains: whatever can be asked is asked, and each answer is what the
/// document says.
class ApiContractTest {
    private static final List<String> ROWS = List.of(
            "{\"prompt\": \"a\", \"completion\": \"b\"}", "no row", "{\"prompt\": \"c\", \"completion\": \"d\"}");

    @TempDir
    private Path folder;

    @Test
    void everyOperationAnswersAsDescribed() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("done.jsonl", ROWS);
        workshop.drop("failed.jsonl", List.of("no row at all"));
        workshop.drop("long.jsonl", 20_000);
        fill(folder.resolve("history.db"));
        Process daemon = workshop.process("run");
        try (HttpClient http = HttpClient.newHttpClient()) {
            workshop.awaitListening();
            RunningDaemon.awaitStatus(
                    workshop,
                    s -> s.get("current_file").asString("").equals("long.jsonl")
                            && s.get("batch_step").asLong() > 20
                            && !s.get("machine").isNull());
            Client client = new Client(http, folder);

            reading(client);
            files(client);
            refusals(client);
            control(client);

            assertThat(client.contract.seen()).isEqualTo(client.contract.operations());
            assertThat(daemon.waitFor()).isZero();
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private static void reading(Client client) throws Exception {
        for (String path : List.of(
                "/api/v1/status",
                "/status/training_status.json",
                "/healthz",
                "/readyz",
                "/metrics",
                "/openapi.json",
                "/training_status.schema.json")) {
            assertThat(client.ask("get", path, path, "").statusCode()).isEqualTo(200);
        }
        String metrics = String.join(",", client.contract.words("/api/v1/series", "metrics"));
        HttpResponse<String> series =
                client.ask("get", "/api/v1/series", "/api/v1/series?points=10&metrics=" + metrics, "");
        assertThat(JsonMapper.shared().readTree(series.body()).at("/series/loss/step"))
                .hasSize(10);
        assertThat(client.contract.words("/api/v1/series", "metrics"))
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(Metric::word)
                        .collect(Collectors.toCollection(TreeSet::new)));
        history(client);
        client.firstEvent();
        JsonNode link = client.answer("post", "/api/v1/link", "/api/v1/link", "");
        client.ask(
                "post",
                "/login",
                "/login",
                "{\"key\": \"%s\"}".formatted(link.get("key").asString()));
        assertThat(client.ask("post", "/login", "/login", "{\"key\": \"used\"}").statusCode())
                .isEqualTo(401);
    }

    /// With what was in the history before this daemon, which may have added to it.
    private static void history(Client client) throws Exception {
        JsonNode evaluations = client.answer("get", "/api/v1/evaluations", "/api/v1/evaluations?files=9", "");
        assertThat(evaluations.at("/fixed/0/exact_match").asDouble()).isEqualTo(0.5);
        assertThat(evaluations.at("/matrix/rows/0/file_id").asLong()).isEqualTo(9);
        assertThat(evaluations.at("/matrix/rows/0/scores/0/right").asInt()).isEqualTo(2);
        JsonNode alerts = client.answer("get", "/api/v1/alerts", "/api/v1/alerts", "");
        assertThat(alerts.at("/alerts"))
                .extracting(alert -> alert.get("type").asString())
                .contains("disk_full");
    }

    private static void fill(Path database) {
        Instant at = Instant.EPOCH;
        Score score = new Score(4, 4, 1.5, 4, 2, 0.1);
        try (RunHistory history = RunHistory.open(
                database,
                new RunHistory.Keeping(new ProcessIdentity(1, "before", at), "1", Long.MAX_VALUE),
                new HistoryAlert(new StatusBoard()))) {
            for (Subject subject : List.of(new Subject.Fixed(), new Subject.Learnt(9, "9.jsonl"))) {
                history.scored(new Evaluation(0, Occasion.AFTER, 9, "9.jsonl", subject, score, Duration.ZERO), at);
            }
            history.alerts(List.of(new Alert("disk_full", Severity.CRITICAL, "no space", 0L)), at);
        }
    }

    private static void files(Client client) throws Exception {
        JsonNode history = client.answer("get", "/api/v1/history", "/api/v1/history", "");
        assertThat(history.at("/files"))
                .extracting(f -> f.get("state").asString())
                .contains("completed", "failed");
        assertThat(client.answer("get", "/api/v1/history", "/api/v1/history?limit=1", "")
                        .at("/counts/failed")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.ask("post", "/api/v1/files", "/api/v1/files?name=sent.jsonl&priority=low", ROWS.getFirst())
                        .statusCode())
                .isEqualTo(201);
        client.awaitFile("sent.jsonl", "waiting");
        JsonNode queue = client.answer("get", "/api/v1/queue", "/api/v1/queue?limit=0", "");
        assertThat(queue.at("/files"))
                .extracting(
                        f -> f.get("name").asString() + " " + f.get("priority").asString())
                .containsExactly("long.jsonl normal", "sent.jsonl low");
        states(client);
        reports(client);
        for (String request : List.of("hold", "release", "remove", "retry")) {
            desk(client, "{\"request\": \"%s\", \"file\": \"sent.jsonl\"}".formatted(request), "done");
        }
        desk(client, "{\"request\": \"priority\", \"file\": \"sent.jsonl\", \"priority\": \"high\"}", "done");
        desk(client, "{\"request\": \"show\", \"file\": \"sent.jsonl\"}", "details");
        desk(client, "{\"request\": \"list\", \"states\": [\"waiting\"], \"limit\": 0}", "list");
        desk(client, "{\"request\": \"hold\", \"file\": \"none.jsonl\"}", "refused");
        Path added = client.folder.resolve("added.jsonl");
        Files.write(added, ROWS);
        String add = "{\"request\": \"add\", \"path\": %s, \"priority\": \"normal\"}"
                .formatted(JsonMapper.shared().writeValueAsString(added.toString()));
        desk(client, add, "done");
        assertThat(client.asBrowser("post", "/api/v1/desk", add).statusCode())
                .as("a page may not name files of this machine")
                .isEqualTo(403);
    }

    private static void states(Client client) throws Exception {
        assertThat(named(client, "/api/v1/queue?state=waiting")).containsExactly("sent.jsonl");
        assertThat(named(client, "/api/v1/queue?state=training,waiting&limit=1"))
                .containsExactly("long.jsonl", "sent.jsonl");
        assertThat(named(client, "/api/v1/queue?state=held")).isEmpty();
        assertThat(named(client, "/api/v1/history?state=failed")).containsExactly("failed.jsonl");
        for (String wrong : List.of("", "done", "waiting,", "Waiting")) {
            HttpResponse<String> refused = client.ask("get", "/api/v1/queue", "/api/v1/queue?state=" + wrong, "");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(400);
            assertThat(JsonMapper.shared()
                            .readTree(refused.body())
                            .get("message")
                            .asString())
                    .contains(client.contract.words("/api/v1/queue", "state"));
        }
    }

    private static List<String> named(Client client, String target) throws Exception {
        return client.answer("get", target.replaceFirst("\\?.*", ""), target, "")
                .at("/files")
                .valueStream()
                .map(file -> file.get("name").asString())
                .toList();
    }

    private static void reports(Client client) throws Exception {
        JsonNode failed = file(client, "failed.jsonl");
        assertThat(failed.at("/file/rejections/0/reason").asString()).isNotEmpty();
        assertThat(failed.at("/report/error/type").asString()).isEqualTo("NoUsableRow");
        assertThat(failed.at("/report/training").isNull()).isTrue();
        JsonNode done = file(client, "done.jsonl");
        assertThat(done.at("/file/attempts/0/rows/0/trained").asLong()).isEqualTo(2);
        assertThat(done.at("/report/rows/trained").asLong()).isEqualTo(2);
        assertThat(done.at("/report/rows/rejections/0/line").asLong()).isEqualTo(2);
        assertThat(done.at("/report/rows/rejections_omitted").asLong()).isZero();
        assertThat(done.at("/report/training/last_loss").asDouble()).isPositive();
        JsonNode counted = file(client, "done.jsonl?rejections=0");
        for (String part : List.of("/file", "/report/rows")) {
            assertThat(counted.at(part + "/rejections")).as(part).isEmpty();
            assertThat(counted.at(part + "/rejections_omitted").asLong())
                    .as(part)
                    .isEqualTo(1);
        }
        assertThat(client.ask("get", "/api/v1/files/{id}", "/api/v1/files/done.jsonl?rejections=1001", "")
                        .statusCode())
                .isEqualTo(400);
        JsonNode waiting = file(client, "sent.jsonl");
        assertThat(waiting.get("report").isNull() && waiting.get("report_fault").isNull())
                .isTrue();
        Files.writeString(Path.of(failed.at("/file/report").asString()), "{\"schema_version\": ");
        JsonNode broken = file(client, "failed.jsonl");
        assertThat(broken.get("report").isNull()).isTrue();
        assertThat(broken.get("report_fault").asString()).contains("cannot be shown: no report");
    }

    private static JsonNode file(Client client, String which) throws Exception {
        return client.answer("get", "/api/v1/files/{id}", "/api/v1/files/" + which, "");
    }

    private static void desk(Client client, String request, String answer) throws Exception {
        assertThat(client.answer("post", "/api/v1/desk", "/api/v1/desk", request)
                        .get("answer")
                        .asString())
                .as(request)
                .isEqualTo(answer);
    }

    private static void refusals(Client client) throws Exception {
        assertThat(client.ask("get", "/api/v1/files/{id}", "/api/v1/files/none.jsonl", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.ask("get", "/api/v1/series", "/api/v1/series?metrics=none", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.ask("post", "/api/v1/desk", "/api/v1/desk", "{\"request\": \"fly\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.ask("post", "/api/v1/files", "/api/v1/files?name=..%2Fx.jsonl", "{}")
                        .statusCode())
                .isEqualTo(400);
        for (String operation : client.contract.operations()) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            if (client.contract.needsToken(operation)) {
                String method = operation.substring(0, operation.indexOf(' '));
                assertThat(client.asStranger(method, path.replace("{id}", "1")).statusCode())
                        .as(operation)
                        .isEqualTo(401);
            }
            HttpResponse<String> wrong = client.send("patch", path.replace("{id}", "1"), "");
            assertThat(wrong.statusCode()).as(path).isEqualTo(405);
            assertThat(wrong.headers().firstValue("Allow"))
                    .as(path)
                    .contains(String.join(", ", client.contract.methods(path)));
        }
    }

    private static void control(Client client) throws Exception {
        assertThat(client.answer("post", "/api/v1/control/pause", "/api/v1/control/pause", "")
                        .get("state")
                        .asString())
                .isEqualTo("paused");
        client.ask("post", "/api/v1/control/resume", "/api/v1/control/resume", "");
        assertThat(client.ask("post", "/api/v1/control/resume", "/api/v1/control/resume", "")
                        .statusCode())
                .isEqualTo(409);
        client.ask("post", "/api/v1/control/skip", "/api/v1/control/skip", "");
        assertThat(client.ask("post", "/api/v1/control/stop", "/api/v1/control/stop?after_file=true&wait=false", "")
                        .statusCode())
                .isIn(200, 202);
    }

    @Test
    void whateverCanBeAskedIsDescribed() throws Exception {
        BaseDirectory base = new BaseDirectory(folder);
        base.create();
        StatusBoard board = new StatusBoard();
        QueueDesk desk = _ -> {
            throw new AssertionError("nothing was asked");
        };
        List<Route> routes;
        try (StatusPublisher publisher = new StatusPublisher(
                board,
                new ProcessIdentity(7, "boot", Instant.EPOCH),
                new Limits(48, 512),
                folder.resolve("status.json"))) {
            routes = DaemonSite.withLinks(
                    DaemonSite.routes(new Control(board), board, publisher, desk, folder.resolve("history.db")),
                    Sessions.open(base, InstantSource.system()),
                    WebSettings.from(Config.defaults(), folder));
        }
        Contract contract = new Contract(
                Files.readString(Path.of("..", "monitor/src/main/resources/dev/stepwell/monitor/web/openapi.json")));

        assertThat(contract.operations())
                .containsAll(routes.stream()
                        .map(route -> route.method().toLowerCase(Locale.ROOT) + " " + route.path())
                        .toList());
    }

    /// Has the token of the daemon in `folder`.
    private static final class Client {
        private final HttpClient http;
        private final Path folder;
        private final String place;
        private final String token;
        private final Contract contract;

        Client(HttpClient http, Path folder) throws Exception {
            this.http = http;
            this.folder = folder;
            JsonNode daemon = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("run/daemon.json")));
            place = "http://127.0.0.1:" + daemon.get("port").asInt();
            token = daemon.get("token").asString();
            contract = new Contract(send("get", "/openapi.json", "").body());
        }

        HttpResponse<String> send(String method, String target, String body) throws Exception {
            return http.send(request(method, target, body, token), BodyHandlers.ofString());
        }

        HttpResponse<String> asStranger(String method, String target) throws Exception {
            HttpResponse<String> answer = http.send(request(method, target, "", "x"), BodyHandlers.ofString());
            contract.hold(method, target.replace("/files/1", "/files/{id}"), answer);
            return answer;
        }

        HttpResponse<String> asBrowser(String method, String target, String body) throws Exception {
            JsonNode link = JsonMapper.shared()
                    .readTree(send("post", "/api/v1/link", "").body());
            String session = JsonMapper.shared()
                    .readTree(send(
                                    "post",
                                    "/login",
                                    "{\"key\": \"%s\"}"
                                            .formatted(link.get("key").asString()))
                            .body())
                    .get("token")
                    .asString();
            HttpResponse<String> answer = http.send(request(method, target, body, session), BodyHandlers.ofString());
            contract.hold(method, target, answer);
            return answer;
        }

        private HttpRequest request(String method, String target, String body, String bearer) {
            return HttpRequest.newBuilder(URI.create(place + target))
                    .method(
                            method.toUpperCase(Locale.ROOT),
                            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .header("Authorization", "Bearer " + bearer)
                    .build();
        }

        /// The answer, which is as described.
        ///
        /// @param path as the document has it
        HttpResponse<String> ask(String method, String path, String target, String body) throws Exception {
            HttpResponse<String> answer = send(method, target, body);
            contract.hold(method, path, answer);
            return answer;
        }

        JsonNode answer(String method, String path, String target, String body) throws Exception {
            HttpResponse<String> answer = ask(method, path, target, body);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(answer.body());
        }

        /// The stream has no end: its first snapshot is as described.
        void firstEvent() throws Exception {
            var answer = http.send(request("get", "/api/v1/events", "", token), BodyHandlers.ofLines());
            try (var lines = answer.body()) {
                String data = lines.dropWhile(line -> !line.equals("event: snapshot"))
                        .filter(line -> line.startsWith("data: "))
                        .findFirst()
                        .orElseThrow();
                contract.holdStatus(data.substring("data: ".length()));
            }
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            contract.seen().add("get /api/v1/events");
        }

        /// Looked at with each heartbeat.
        void awaitFile(String name, String state) throws Exception {
            RunningDaemon.await(
                    folder.resolve("status"),
                    () -> JsonMapper.shared()
                            .readTree(send("get", "/api/v1/files/" + name, "").body())
                            .at("/file/file/state")
                            .asString("")
                            .equals(state));
        }
    }
}
