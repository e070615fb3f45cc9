package dev.stepwell.app.daemon;

import dev.stepwell.core.status.StatusPublisher;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closed before the ways to those who watch are: how the daemon ended is told to them first.
///
/// @param publisher tells them
record LastNews(StatusPublisher publisher) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastNews.class);

    /// For a disk that hangs.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public void close() {
        try {
            if (!publisher.awaitTold(PATIENCE)) {
                LOG.warn("Who watches could not be told how this ended within {}: the disk hangs.", PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
