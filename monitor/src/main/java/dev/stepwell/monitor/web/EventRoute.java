package dev.stepwell.monitor.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// `GET /api/v1/events`: what happens, as server-sent events (HTML standard, 9.2).
///
/// `snapshot` has the status document, `transition` and `alert` what has changed before it, `heartbeat` says that
/// nothing has. A watcher that comes back with the id of the last snapshot it had is told all changes since.
final class EventRoute {
    static final String PATH = "/api/v1/events";

    private static final Duration HEARTBEAT = Duration.ofMillis(1_500);
    /// Milliseconds after which browsers come back.
    private static final String OPENING = "retry: 1000\n\n";

    private static final String NOTHING_NEW = "event: heartbeat\ndata: {}\n\n";

    private final StatusStream stream;
    private final Deadlines deadlines;

    EventRoute(StatusStream stream, Deadlines deadlines) {
        this.stream = stream;
        this.deadlines = deadlines;
    }

    /// Tells one watcher, until it goes or the server ends. On the request's own thread, which a slow watcher keeps
    /// waiting, and nobody else; one that does not read at all is let go.
    void serve(ServerRequest request, ServerResponse response) throws InterruptedException, IOException {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Accel-Buffering", "no");
        long seen = stream.seqOf(
                request.headers().first(HeaderNames.create("Last-Event-ID")).orElse(""));
        try (OutputStream out = response.outputStream();
                StatusStream.Watch watch = stream.watch(seen)) {
            send(out, OPENING);
            StatusStream.Batch batch;
            do {
                batch = watch.next(HEARTBEAT);
                StringBuilder text = new StringBuilder();
                for (StreamEvent event : batch.events()) {
                    text.append(event.wire());
                }
                send(out, text.isEmpty() ? NOTHING_NEW : text.toString());
            } while (batch.open());
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        deadlines.write(out, text.getBytes(StandardCharsets.UTF_8));
    }
}
