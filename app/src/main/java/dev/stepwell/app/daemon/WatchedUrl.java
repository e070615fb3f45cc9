package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.WatchRequest;
import dev.stepwell.app.client.RefusedException;
import dev.stepwell.app.client.RemoteDaemon;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.Contact;
import dev.stepwell.monitor.terminal.Sight;
import dev.stepwell.monitor.terminal.Watched;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A daemon seen and asked by HTTP alone: by its events where there is a token, and else by its status, read only.
///
/// Whether it lives, the connection says, not its clock, which may be wrong by more than a heartbeat.
final class WatchedUrl implements Watched {
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CONTROL = "/api/v1/control/";

    private final RemoteDaemon daemon;
    private final InstantSource clock;
    private final NextFiles next;
    private final BackOff backOff = new BackOff();
    private final WatchedFeed events;
    private final WatchedFeed polled;
    private @Nullable String key;
    private boolean begun;
    private boolean connected;
    private Contact contact = new Contact.Sought();
    private @Nullable Instant heardAt;
    private StatusReading last = new StatusReading.Missing();
    private Duration ahead = Duration.ZERO;
    private @Nullable String locked;

    /// @param tls whom to trust; empty for those whom Java trusts
    WatchedUrl(WatchRequest.Url url, Optional<SSLContext> tls, InstantSource clock) {
        this.clock = clock;
        daemon = new RemoteDaemon(url.root(), url.token(), tls, GLANCE);
        key = url.key().orElse(null);
        locked = url.token().isPresent()
                ? null
                : "commands need a link of `stepwell dashboard`, with its key, or --token-file";
        next = new NextFiles(this::exchange, clock);
        events = new FollowedEvents(daemon);
        polled = new PolledStatus(daemon);
    }

    @Override
    public String place() {
        return daemon.root().toString();
    }

    @Override
    public Sight next() throws InterruptedException {
        if (!begun) {
            begun = true; // Before the first answer it is seen what is waited for.
            return sight();
        }
        WatchedFeed feed = daemon.hasToken() ? events : polled;
        try {
            if (!connected) {
                Thread.sleep(backOff.left(clock.instant(), feed.retry()));
                backOff.attempt(clock.instant());
                logIn();
                feed = daemon.hasToken() ? events : polled;
            }
            heard(feed.next());
        } catch (RefusedException e) {
            throw refused(e);
        } catch (IOException e) {
            lost(e, feed);
        }
        return sight();
    }

    /// A key works once, so that there is no second try after an answer.
    private void logIn() throws IOException, InterruptedException {
        String unused = key;
        if (unused != null) {
            locked = daemon.logIn(unused) ? null : "this link has been used; `stepwell dashboard` prints a new one";
            key = null;
        }
    }

    private void heard(Optional<StatusReading> reading) {
        Instant now = clock.instant();
        connected = true;
        backOff.succeeded();
        heardAt = now;
        reading.filter(news -> !news.equals(last)).ifPresent(news -> {
            last = news;
            ahead = ahead(news, now);
        });
        // Of a daemon that has just begun, nothing can be said but that it is there: what is shown is of the one
        // before.
        if (reading.isPresent() && !(last instanceof StatusReading.Missing)) {
            contact = new Contact.Kept();
        } else if (contact instanceof Contact.Lost) {
            contact = new Contact.Sought();
        }
    }

    /// How far the daemon's clock is ahead, if what it just wrote is of now.
    private static Duration ahead(StatusReading reading, Instant now) {
        Instant written = reading instanceof StatusReading.Present(StatusDocument document)
                ? document.writer().heartbeatAt()
                : null;
        return written == null ? Duration.ZERO : Duration.between(now, written);
    }

    /// A connection that broke is made anew before anybody is told: servers in between end those that are old.
    private void lost(IOException e, WatchedFeed feed) {
        String why = Unreachable.why(e, daemon.root());
        boolean broke = connected && !(e instanceof HttpTimeoutException);
        connected = false;
        if (!broke) {
            backOff.failed();
            contact = new Contact.Lost(why, heardAt);
        }
        try {
            feed.disconnect();
        } catch (IOException notClosed) {
            e.addSuppressed(notClosed); // It is lost already.
        }
    }

    private CliException refused(RefusedException e) {
        return daemon.hasToken()
                ? new CliException(
                        ExitCode.FAILED,
                        "%s does not take the token".formatted(daemon.root()),
                        "`stepwell dashboard` prints a link there; --token-file is the file that web.token_file names")
                : new CliException(
                        ExitCode.FAILED,
                        "%s shows nothing without a token (%s)".formatted(daemon.root(), e.getMessage()),
                        "use a new link of `stepwell dashboard`, or --token-file");
    }

    private Sight sight() {
        boolean near = contact instanceof Contact.Kept && daemon.hasToken();
        return new Sight(last, contact, ahead, near ? next.newest() : List.of(), locked);
    }

    @Override
    public String ask(Command command) throws InterruptedException {
        String path = CONTROL + command.word() + "?timeout=" + PATIENCE.toSeconds();
        try {
            HttpResponse<byte[]> response = daemon.send("POST", path, "", PATIENCE.plus(GLANCE));
            return switch (response.statusCode()) {
                case 200, 202, 409 -> RemoteDaemon.text(response.body(), "message");
                case 401, 403 -> "Not done: the daemon does not take the token any more.";
                default -> "Not done: the daemon answered with HTTP " + response.statusCode();
            };
        } catch (IOException e) {
            return "No answer: " + Unreachable.why(e, daemon.root());
        }
    }

    private byte[] exchange(byte[] request) throws IOException {
        try {
            return daemon.send("POST", DeskRoute.PATH, new String(request, StandardCharsets.UTF_8), GLANCE)
                    .body();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }

    @Override
    public void close() throws IOException {
        try (daemon) {
            events.disconnect();
        }
    }
}
