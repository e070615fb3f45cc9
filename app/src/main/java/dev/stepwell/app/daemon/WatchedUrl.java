package dev.stepwell.app.daemon;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Sight;
import dev.stepwell.monitor.terminal.Watched;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A daemon seen and asked by HTTP alone. What it does everybody may see who reaches it; commands need a token.
final class WatchedUrl implements Watched {
    private static final Duration GLANCE = Duration.ofMillis(1500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONTROL = "/api/v1/control/";

    private final URI root;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(GLANCE)
            .build();
    private final NextFiles next;
    private final @Nullable String key;
    private volatile @Nullable String token;
    private volatile @Nullable String locked;
    private boolean keyTried;
    private StatusReading last = new StatusReading.Missing();

    /// @param root  of the server, without a path
    /// @param key   of a link, to be changed into a token at the first look
    /// @param token empty if there is none but the key's
    WatchedUrl(URI root, Optional<String> key, Optional<String> token, InstantSource clock) {
        this.root = root;
        this.key = key.orElse(null);
        this.token = token.orElse(null);
        next = new NextFiles(this::exchange, clock);
        locked = token.isPresent()
                ? null
                : "commands need a link of `stepwell dashboard`, with its key, or --token-file";
    }

    @Override
    public String place() {
        return root.toString();
    }

    @Override
    public Sight look() throws InterruptedException {
        try {
            logIn();
            HttpResponse<byte[]> response = send("GET", "/status/training_status.json", null, GLANCE);
            if (response.statusCode() == 401) {
                return lost("it wants a link of `stepwell dashboard`, or --token-file");
            }
            if (response.statusCode() != 200) {
                return lost("HTTP " + response.statusCode());
            }
            last = StatusReader.parse(response.body());
            return new Sight(last, null, token == null ? List.of() : next.newest(), locked);
        } catch (ConnectException _) {
            return lost("nothing listens there");
        } catch (HttpTimeoutException _) {
            return lost("no answer");
        } catch (IOException e) {
            return lost(String.valueOf(e.getMessage()));
        }
    }

    private Sight lost(String why) {
        return new Sight(last, why, List.of(), locked);
    }

    /// A key works once, so that there is no second try after an answer.
    private void logIn() throws IOException, InterruptedException {
        if (key == null || keyTried) {
            return;
        }
        String body = JsonMapper.shared().createObjectNode().put("key", key).toString();
        HttpResponse<byte[]> response = send("POST", "/login", body, GLANCE);
        keyTried = true;
        if (response.statusCode() == 200) {
            token = text(response.body(), "token");
            locked = null;
        } else {
            locked = "this link has been used; `stepwell dashboard` prints a new one";
        }
    }

    @Override
    public String ask(Command command) throws InterruptedException {
        String path = CONTROL + command.word() + "?timeout=" + PATIENCE.toSeconds();
        try {
            HttpResponse<byte[]> response = send("POST", path, "", PATIENCE.plus(GLANCE));
            return switch (response.statusCode()) {
                case 200, 202, 409 -> text(response.body(), "message");
                case 401, 403 -> "Not done: the daemon does not take the token any more.";
                default -> "Not done: the daemon answered with HTTP " + response.statusCode();
            };
        } catch (IOException e) {
            return "No answer: the connection is lost.";
        }
    }

    private static String text(byte[] json, String field) throws IOException {
        try {
            return JsonMapper.shared().readTree(json).path(field).asString("");
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON", e);
        }
    }

    private byte[] exchange(byte[] request) throws IOException {
        try {
            return send("POST", DeskRoute.PATH, new String(request, StandardCharsets.UTF_8), GLANCE)
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, @Nullable String body, Duration atMost)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                .timeout(atMost)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
