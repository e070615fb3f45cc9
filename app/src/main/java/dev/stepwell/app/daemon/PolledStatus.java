package dev.stepwell.app.daemon;

import dev.stepwell.app.client.RemoteDaemon;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// The status of a daemon, asked for once a second: what is left to those who have no token, on the daemon's own
/// machine.
final class PolledStatus implements WatchedFeed {
    private static final Duration PACE = Duration.ofSeconds(1);

    private final RemoteDaemon daemon;
    private boolean asked;

    PolledStatus(RemoteDaemon daemon) {
        this.daemon = daemon;
    }

    @Override
    public Optional<StatusReading> next() throws IOException, InterruptedException {
        if (asked) {
            Thread.sleep(PACE);
        }
        asked = true;
        return Optional.of(StatusReader.parse(daemon.get("/status/training_status.json")));
    }

    @Override
    public Duration retry() {
        return PACE;
    }

    @Override
    public void disconnect() {
        asked = false;
    }
}
