package dev.stepwell.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A daemon reached by HTTP alone, and the token that opens it. For several threads.
public final class RemoteDaemon implements AutoCloseable {
    private static final String EVENTS = "/api/v1/events";
    private static final String LOGIN = "/login";
    private static final String STRANGER = "what answers there is no daemon of Stepwell's";

    private final URI root;
    private final Duration patience;
    private final HttpClient http;
    private volatile @Nullable String token;

    /// @param root     of the server, with the path `/`
    /// @param token    empty if there is none, or none yet
    /// @param tls      whom to trust; empty for those whom Java trusts
    /// @param patience for a connection, and for an answer, where nothing else is said
    public RemoteDaemon(URI root, Optional<String> token, Optional<SSLContext> tls, Duration patience) {
        this.root = root;
        this.token = token.orElse(null);
        this.patience = patience;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(patience);
        tls.ifPresent(client::sslContext);
        this.http = client.build();
    }

    public URI root() {
        return root;
    }

    public boolean hasToken() {
        return token != null;
    }

    /// Changes the key of a link into a token; false if it is none, or was used. A key works once.
    public boolean logIn(String key) throws IOException, InterruptedException {
        String body = JsonMapper.shared().createObjectNode().put("key", key).toString();
        HttpResponse<byte[]> response = send("POST", LOGIN, body, patience);
        if (response.statusCode() == 401) {
            return false;
        }
        token = text(require(response.statusCode(), response.body()), "token");
        return true;
    }

    /// What lies at `path`.
    ///
    /// @throws RefusedException if it takes a token, or another
    public byte[] get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send("GET", path, null, patience);
        return require(response.statusCode(), response.body());
    }

    /// Asks for anything, with whatever status the answer comes.
    ///
    /// @param body JSON; null for none
    public HttpResponse<byte[]> send(String method, String path, @Nullable String body, Duration atMost)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .timeout(atMost)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /// What happens there from now on, and since the event `lastId`, if that is not empty.
    ///
    /// @param atMost until the answer begins
    /// @throws RefusedException if it takes another token
    public EventConnection events(String lastId, Duration atMost) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(EVENTS).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> response =
                begun(http.sendAsync(request.build(), BodyHandlers.ofInputStream()), atMost);
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                require(response.statusCode(), body.readNBytes(4096));
            }
        }
        if (!response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream")) {
            response.body().close();
            throw new IOException(STRANGER);
        }
        return new EventConnection(response.body());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /// The answer, as soon as it begins. A timeout of the request itself would end the answer, too, in JDKs to come.
    private static HttpResponse<InputStream> begun(CompletableFuture<HttpResponse<InputStream>> answer, Duration atMost)
            throws IOException, InterruptedException {
        try {
            return answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    private static byte[] require(int status, byte[] body) throws IOException {
        if (status == 200) {
            return body;
        }
        String message = message(body);
        if (status == 401) {
            throw new RefusedException(message);
        }
        throw new IOException(message.isEmpty() ? "HTTP " + status : "HTTP %d: %s".formatted(status, message));
    }

    /// What the server says of an error; empty if what answers is none of ours.
    private static String message(byte[] body) {
        try {
            return text(body, "message");
        } catch (IOException _) {
            return "";
        }
    }

    /// A text in an answer.
    ///
    /// @throws IOException if the answer is no JSON
    public static String text(byte[] json, String field) throws IOException {
        try {
            return JsonMapper.shared()
                    .readTree(new String(json, StandardCharsets.UTF_8))
                    .path(field)
                    .asString("");
        } catch (JacksonException e) {
            throw new IOException(STRANGER, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
