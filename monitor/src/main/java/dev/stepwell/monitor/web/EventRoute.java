package dev.stepwell.monitor.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// `GET /api/v1/events`: what happens, as server-sent events (HTML standard, 9.2).
///
/// `snapshot` has the status document, `transition` and `alert` what has changed before it, `heartbeat` says within how
/// many milliseconds there will be another event; until it does, that is [Turns#SIGN_OF_LIFE]. A watcher that
/// comes back with the id of the last snapshot it had is told all changes since.
final class EventRoute {
    static final String PATH = "/api/v1/events";

    /// Milliseconds after which browsers come back.
    private static final String OPENING = "retry: 1000\n\n";

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
        Optional<String> last = request.headers().first(HeaderNames.create("Last-Event-ID"));
        try (OutputStream out = response.outputStream();
                StatusStream.Watch watch =
                        last.map(stream::seqOf).map(stream::comeBack).orElseGet(stream::join)) {
            Duration within = stream.signOfLife();
            send(out, within.equals(Turns.SIGN_OF_LIFE) ? OPENING : OPENING + heartbeat(within));
            StatusStream.Batch batch;
            do {
                batch = watch.next(within);
                StringBuilder text = new StringBuilder();
                for (StreamEvent event : batch.events()) {
                    text.append(event.wire());
                }
                Duration from = within;
                within = stream.signOfLife();
                if (text.isEmpty() || !within.equals(from)) {
                    text.append(heartbeat(within));
                }
                send(out, text.toString());
            } while (batch.open());
        }
    }

    private static String heartbeat(Duration within) {
        return "event: heartbeat\ndata: {\"within_ms\": %d}\n\n".formatted(within.toMillis());
    }

    private void send(OutputStream out, String text) throws IOException {
        deadlines.write(out, text.getBytes(StandardCharsets.UTF_8));
    }
}
