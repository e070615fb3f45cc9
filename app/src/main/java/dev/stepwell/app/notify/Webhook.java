package dev.stepwell.app.notify;

import dev.stepwell.app.config.WebhookFormat;
import dev.stepwell.app.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// POSTs notices to a web server.
///
/// What the server has acknowledged (2xx) is never sent again. No redirect is followed: it could lead what is secret to
/// somebody else. The address, which for some servers is the secret itself, is in no message.
final class Webhook implements Channel {
    static final String FAILING = "webhook_failing";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    /// A server that is being set up refuses for a while; one that refuses so often means it.
    private static final int REFUSALS = 5;
    private static final int KEPT_OF_ANSWER = 2_048;

    private final URI url;
    private final WebhookFormat format;
    private final @Nullable String secret;
    private final Duration patience;
    private final InstantSource clock;
    private final HttpClient http;

    /// @param secret by which requests are signed; null if they are not
    Webhook(URI url, WebhookFormat format, @Nullable String secret, InstantSource clock) {
        this(url, format, secret, clock, CONNECT, ANSWER);
    }

    /// @param connect  how long a connection may take
    /// @param patience how long all of a request may take
    Webhook(
            URI url,
            WebhookFormat format,
            @Nullable String secret,
            InstantSource clock,
            Duration connect,
            Duration patience) {
        this.url = url;
        this.format = format;
        this.secret = secret;
        this.clock = clock;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .build();
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String place() {
        return url.getPort() < 0
                ? "%s://%s".formatted(url.getScheme(), url.getHost())
                : "%s://%s:%d".formatted(url.getScheme(), url.getHost(), url.getPort());
    }

    @Override
    public String alertType() {
        return FAILING;
    }

    @Override
    public String remedy() {
        return "See whether the server is there and alerts.webhook_url is right; ./stepwell alerts test tries it.";
    }

    @Override
    public Outcome send(Notice notice, int missed, int tries) throws InterruptedException {
        byte[] body = WebhookBody.of(format, notice, missed);
        Answer answer = new Answer();
        CompletableFuture<HttpResponse<Void>> exchange = http.sendAsync(request(notice, body), answer);
        String trouble;
        try {
            return judged(exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS), answer, tries);
        } catch (TimeoutException _) {
            exchange.cancel(true);
            trouble = "no answer within %d s".formatted(Math.max(1, patience.toSeconds()));
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            trouble = described(e.getCause());
        }
        // Acknowledged by its first line, whatever became of the rest.
        return answer.status / 100 == 2 ? delivered(answer) : new Outcome.Later(trouble, null);
    }

    private HttpRequest request(Notice notice, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "stepwell")
                .header("Stepwell-Event", notice.kind().word())
                .header("Stepwell-Delivery", notice.id())
                .POST(BodyPublishers.ofByteArray(body));
        if (secret != null) {
            request.header("Stepwell-Signature", Signature.of(secret, clock.instant(), body));
        }
        return request.build();
    }

    private Outcome judged(HttpResponse<Void> response, Answer answer, int tries) {
        int status = response.statusCode();
        String why = "HTTP %d%s".formatted(status, answer.shown());
        return switch (status / 100) {
            case 2 -> delivered(answer);
            case 3 ->
                new Outcome.Refused(why + ", a redirect" + target(response).orElse("") + "; name where it leads to");
            case 4 ->
                switch (status) {
                    case 408, 425, 429 -> new Outcome.Later(why, retryAfter(response));
                    default -> tries + 1 < REFUSALS ? new Outcome.Later(why, null) : new Outcome.Refused(why);
                };
            default -> new Outcome.Later(why, retryAfter(response));
        };
    }

    private static Outcome delivered(Answer answer) {
        return new Outcome.Delivered("HTTP %d%s".formatted(answer.status, answer.shown()));
    }

    private static Optional<String> target(HttpResponse<Void> response) {
        return response.headers().firstValue("Location").flatMap(location -> {
            try {
                return Optional.ofNullable(URI.create(location).getHost()).map(host -> " to " + host);
            } catch (IllegalArgumentException _) { // No address at all.
                return Optional.empty();
            }
        });
    }

    /// Seconds, or a date (RFC 9110, 10.2.3); seconds with a fraction, as Discord has them.
    private @Nullable Duration retryAfter(HttpResponse<Void> response) {
        Optional<String> header = response.headers().firstValue("Retry-After");
        if (header.isEmpty()) {
            return null;
        }
        String text = header.get().strip();
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Duration.ofMillis((long) Math.ceil(Double.parseDouble(text) * 1e3));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(clock.instant(), until);
        } catch (DateTimeException _) { // What cannot be read asks for nothing.
            return null;
        }
    }

    private String described(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "no connection in time";
            case ConnectException _ -> "no connection";
            case IOException e -> withoutAddress(e.toString());
            case null, default -> withoutAddress(String.valueOf(cause));
        };
    }

    private String withoutAddress(String text) {
        return Printable.line(text.replace(url.toString(), place()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /// Keeps the beginning of what the server says, however much that is.
    private final class Answer implements HttpResponse.BodyHandler<Void> {
        private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        private volatile int status;

        @Override
        public HttpResponse.BodySubscriber<Void> apply(HttpResponse.ResponseInfo info) {
            status = info.statusCode();
            return BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(this::keep));
        }

        private void keep(byte[] part) {
            synchronized (beginning) {
                beginning.write(part, 0, Math.min(part.length, KEPT_OF_ANSWER - beginning.size()));
            }
        }

        /// ` (the first line)`, or nothing.
        String shown() {
            String said;
            synchronized (beginning) {
                said = beginning.toString(StandardCharsets.UTF_8);
            }
            String line = said.lines().findFirst().orElse("").strip();
            return line.isEmpty() ? "" : " (%s)".formatted(Printable.brief(withoutAddress(line)));
        }
    }
}
