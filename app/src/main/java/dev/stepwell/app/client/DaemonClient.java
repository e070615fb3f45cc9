package dev.stepwell.app.client;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.monitor.web.DaemonFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Asks the daemon of a base directory for things, at the address in `run/daemon.json` and with the token there.
public final class DaemonClient implements AutoCloseable {
    /// What a request may take beyond the time it asks the daemon to wait.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final BaseDirectory base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(GRACE)
            .build();

    public DaemonClient(BaseDirectory base) {
        this.base = base;
    }

    /// Asks for `command`.
    ///
    /// @param wait    whether the answer is to come with the effect
    /// @param timeout how long to wait for it, in whole seconds
    public Reply control(Command command, boolean wait, Duration timeout) throws InterruptedException {
        String path = switch (command) {
            case PAUSE, RESUME, SKIP, STOP -> command.name().toLowerCase(Locale.ROOT) + "?";
            case STOP_AFTER_FILE -> "stop?after_file=true&";
        };
        String query = "wait=%s&timeout=%d".formatted(wait, timeout.toSeconds());
        return send("POST", "/api/v1/control/" + path + query, HttpRequest.BodyPublishers.noBody(), timeout);
    }

    /// Asks for anything.
    ///
    /// @param path    with its query
    /// @param timeout how long the daemon may take
    public Reply send(String method, String path, HttpRequest.BodyPublisher body, Duration timeout)
            throws InterruptedException {
        try {
            Optional<DaemonFile> found = DaemonFile.read(base);
            if (found.isEmpty()) {
                return isHeld() ? new Reply.NotListening() : new Reply.NoDaemon();
            }
            Reply reply = send(found.get(), method, path, body, timeout);
            boolean answered = reply instanceof Reply.Answered;
            return answered || isHeld() ? reply : new Reply.Stale(found.get());
        } catch (IOException e) {
            return new Reply.Unreadable(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Reply send(DaemonFile daemon, String method, String path, HttpRequest.BodyPublisher body, Duration timeout)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .timeout(timeout.plus(GRACE))
                .header("Authorization", "Bearer " + daemon.token())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 401, 403 -> new Reply.TokenRefused(daemon);
                default -> new Reply.Answered(response.statusCode(), response.body(), daemon);
            };
        } catch (ConnectException _) {
            return new Reply.Silent(daemon, "nothing listens there");
        } catch (IOException e) {
            return new Reply.Silent(daemon, e.toString());
        }
    }

    /// The lock says whether a daemon lives: a file can outlive it, and so can a process id.
    private boolean isHeld() throws IOException {
        return InstanceLock.holder(base).isPresent();
    }

    @Override
    public void close() {
        http.close();
    }
}
