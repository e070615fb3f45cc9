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

/// The events of a daemon, from where they were lost.
final class FollowedEvents implements WatchedFeed {
    /// The daemon says something every 1.5 s. What has been silent for longer is lost.
    private static final Duration SILENCE = Duration.ofMillis(2_700);

    /// For the attempt after a loss that nobody is told of unless it fails.
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RemoteDaemon daemon;
    private @Nullable EventConnection connection;
    private boolean broken;
    private String lastId = "";
    private Duration retry = RETRY;

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
        ServerEvent event = events.next(SILENCE);
        lastId = event.lastId();
        retry = events.retry().orElse(RETRY);
        // A snapshot follows every transition and alert, and has all that can be seen of them.
        return event.type().equals("snapshot")
                ? Optional.of(StatusReader.parse(event.data().getBytes(StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    @Override
    public Duration retry() {
        return retry;
    }

    @Override
    public void disconnect() throws IOException {
        EventConnection events = connection;
        connection = null;
        if (events != null) {
            broken = true;
            events.close();
        }
    }
}
