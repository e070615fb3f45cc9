package dev.stepwell.app.browser;

import dev.stepwell.core.history.Metric;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.metrics.MetricsText;
import dev.stepwell.monitor.metrics.QueueNumbers;
import dev.stepwell.monitor.metrics.WorkMetrics;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Dashboard;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import dev.stepwell.monitor.web.Site;
import dev.stepwell.monitor.web.StatusStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The real server, page and stream of events, of a daemon that is in whatever state a test wants: those that a real
/// one is in for a moment, once a year, or on a machine that has other parts.
final class Stage implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Questions for the history so far.
    final AtomicInteger seriesAsked = new AtomicInteger();

    /// Questions for the status so far, beside the stream.
    final AtomicInteger statusAsked = new AtomicInteger();

    private final StatusStream stream = new StatusStream("stage");
    private final ObjectNode status;
    private final Sessions sessions;
    private final ApiServer server;
    private volatile Function<ApiRequest, ApiResponse> series = history(0);
    private volatile JsonNode files = listing(0);

    Stage(Path folder) throws IOException {
        BaseDirectory base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
        StatusBoard board = new StatusBoard();
        board.waiting(QueueCounts.NONE);
        ProcessIdentity process = new ProcessIdentity(7, "stage", Instant.EPOCH);
        try (StatusPublisher publisher =
                new StatusPublisher(board, process, new Limits(48, 512), folder.resolve("status.json"))) {
            status = (ObjectNode) publisher.document().toJson();
        }
        status.put("status", "idle").put("model_step", 0);
        sessions = Sessions.open(base, InstantSource.system());
        MetricsText metrics = new MetricsText(
                this::document, () -> new QueueNumbers(Map.of(), Map.of(), 0, 0), new WorkMetrics(), "1");
        server = ApiServer.start(
                new Site(routes(), Dashboard.pages(this::document, metrics), new Site.Viewed(sessions, stream)),
                Entrance.loopback(0, DaemonFile.newToken()));
        show(_ -> {});
    }

    private List<Route> routes() {
        return List.of(
                new Route("GET", "/api/v1/series", request -> {
                    seriesAsked.incrementAndGet();
                    return series.apply(request);
                }),
                new Route("GET", "/api/v1/status", _ -> {
                    statusAsked.incrementAndGet();
                    return ApiResponse.of(200, document().toJson());
                }),
                new Route("POST", "/api/v1/desk", _ -> ApiResponse.of(200, files)));
    }

    String link() {
        return "http://127.0.0.1:%d/#key=%s".formatted(server.port(), sessions.newKey());
    }

    /// Changes the status and tells who watches.
    synchronized void show(Consumer<ObjectNode> change) {
        change.accept(status);
        status.put("seq", status.get("seq").asLong() + 1)
                .put("heartbeat_at", Instant.now().toString());
        stream.offer(document());
    }

    /// A file of so many steps in training, at `step`.
    static Consumer<ObjectNode> training(String file, long base, long step, long of) {
        return s -> s.put("status", "training")
                .put("phase", "training")
                .put("timestamp", Instant.now().toString())
                .put("current_file", file)
                .put("base_step", base)
                .put("batch_step", step)
                .put("batch_total_steps", of)
                .put("current_step", base + step)
                .put("total_steps", base + of)
                .put("model_step", base + step)
                .put("batch_number", 1)
                .put("batch_queue_size", 1)
                .put("file_percent", 100 * step / of)
                .put("queue_percent", 100)
                .put("cumulative_percent", 100 * (base + step) / (base + of))
                .put("loss", 2.0 / (base + step))
                .put("learning_rate", 5e-4)
                .put("gradient_norm", 0.5)
                .put("tokens_per_sec", 1_000)
                .put("steps_per_sec", 2);
    }

    /// How the history answers from now on.
    void series(Function<ApiRequest, ApiResponse> answer) {
        series = answer;
    }

    /// What the desk lists from now on, whatever it is asked for.
    void files(JsonNode listing) {
        files = listing;
    }

    /// Answers with what is asked for of a history of so many steps, of one file.
    static Function<ApiRequest, ApiResponse> history(int steps) {
        return request -> ApiResponse.of(200, history(steps, (int) request.whole("from", 0, 0, Long.MAX_VALUE), (int)
                Math.min(steps, request.whole("to", Long.MAX_VALUE, 0, Long.MAX_VALUE))));
    }

    private static ObjectNode history(int steps, int from, int to) {
        ObjectNode body = JSON.createObjectNode();
        body.put("first_step", steps == 0 ? null : 1).put("last_step", steps == 0 ? null : steps);
        ObjectNode series = body.putObject("series");
        for (Metric metric : Metric.values()) {
            ObjectNode curve = series.putObject(metric.word());
            ArrayNode step = curve.putArray("step");
            ArrayNode at = curve.putArray("at");
            ArrayNode value = curve.putArray("value");
            for (int i = Math.max(1, from); i <= to; i++) {
                step.add(i);
                at.add(1_790_000_000_000L + 1_000L * i);
                value.add(unit(metric) * (1 + i % 7));
            }
        }
        body.putArray("files")
                .addObject()
                .put("step", 0)
                .put("at", "2026-01-01T00:00:00Z")
                .put("name", "a.jsonl");
        body.putArray("checkpoints").addObject().put("step", 5).put("at", "2026-01-01T00:00:00Z");
        return body;
    }

    private static double unit(Metric metric) {
        return switch (metric) {
            case LOSS, LEARNING_RATE, GRADIENT_NORM, STEPS_PER_SECOND, TOKENS_PER_SECOND, ACCURACY -> 1;
            case CPU, GPU -> 10;
            case MEMORY, PROCESS_MEMORY, DISK_FREE, GPU_MEMORY -> 1 << 20;
        };
    }

    /// So many files that wait.
    static ObjectNode listing(int waiting) {
        ObjectNode body = JSON.createObjectNode().put("answer", "list");
        body.putObject("counts").put("waiting", waiting);
        ArrayNode files = body.putArray("files");
        for (int i = 1; i <= waiting; i++) {
            ObjectNode file = files.addObject().put("id", i).put("name", "part_%d.jsonl".formatted(i));
            file.put("state", "waiting")
                    .put("priority", "normal")
                    .put("rows", 8)
                    .put("rejected", 0);
            file.put("planned_steps", 4)
                    .put("expected_tokens", 4_000)
                    .putNull("reason")
                    .putNull("ready_at")
                    .putNull("learnt");
        }
        return body;
    }

    private synchronized StatusDocument document() {
        byte[] json = status.toString().getBytes(StandardCharsets.UTF_8);
        if (StatusReader.parse(json) instanceof StatusReading.Present(var document)) {
            return document;
        }
        throw new IllegalStateException("no status: " + status);
    }

    /// The daemon ends.
    @Override
    public void close() {
        stream.close();
        server.close();
    }
}
