package dev.stepwell.app.daemon;

import dev.stepwell.app.client.EventConnection;
import dev.stepwell.app.client.RemoteDaemon;
import dev.stepwell.app.client.ServerEvent;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The events of a daemon, from where they were lost.
final class FollowedEvents implements WatchedFeed {
    /// The daemon says within how long it will say something. What has been silent for longer than that and this is
    /// lost.
    private static final Duration DELAY = Duration.ofMillis(1_200);

    /// Until it has said so.
    private static final Duration WITHIN = Duration.ofMillis(1_500);

    /// For the attempt after a loss that nobody is told of unless it fails.
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RemoteDaemon daemon;
    private @Nullable EventConnection connection;
    private boolean broken;
    private String lastId = "";
    private Duration retry = RETRY;
    private Duration within = WITHIN;

    FollowedEvents(RemoteDaemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public Optional<StatusReading> next() throws IOException, InterruptedException {
        EventConnection events = connection;
        if (events == null) {
            Duration atMost = broken ? GLANCE : PATIENCE;
            broken = false;
            events = daemon.events(lastId, atMost);
            connection = events;
        }
        ServerEvent event = events.next(within.plus(DELAY));
        lastId = event.lastId();
        retry = events.retry().orElse(RETRY);
        if (event.type().equals("heartbeat")) {
            within = within(event.data());
        }
        // A snapshot follows every transition and alert, and has all that can be seen of them.
        return event.type().equals("snapshot")
                ? Optional.of(StatusReader.parse(event.data().getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    private static Duration within(String data) throws IOException {
        try {
            return Duration.ofMillis(
                    JsonMapper.shared().readTree(data).path("within_ms").asLong(WITHIN.toMillis()));
        } catch (JacksonException e) {
            throw new IOException("it says what is no JSON", e);
        }
    }

    @Override
    public Duration retry() {
        return retry;
    }

    @Override
    public void disconnect() throws IOException {
        EventConnection events = connection;
        connection = null;
        within = WITHIN;
        if (events != null) {
            broken = true;
            events.close();
        }
    }
}
