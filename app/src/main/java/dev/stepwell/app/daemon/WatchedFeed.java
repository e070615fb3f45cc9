package dev.stepwell.app.daemon;

import dev.stepwell.core.status.StatusReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// What a daemon elsewhere says of itself, as it comes. Connects by itself where it is not connected. For one thread.
sealed interface WatchedFeed permits FollowedEvents, PolledStatus {
    /// Waits for the next sign of life: a status, or that nothing has changed.
    ///
    /// @throws IOException if the connection is lost, or cannot be made; the next call tries again
    Optional<StatusReading> next() throws IOException, InterruptedException;

    /// How long to wait before trying again.
    Duration retry();

    /// Lets the connection go. It can be made again.
    void disconnect() throws IOException;
}
