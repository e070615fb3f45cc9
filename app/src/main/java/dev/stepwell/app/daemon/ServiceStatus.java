package dev.stepwell.app.daemon;

import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.monitor.terminal.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the service manager told of what is being done, for the line that `systemctl status` shows: when the state
/// changes, and every ten seconds. For one thread.
final class ServiceStatus implements StatusPublisher.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceStatus.class);
    private static final Duration PACE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final StatusPublisher.Watcher also;
    private @Nullable DaemonState told;
    private Instant dueAt = Instant.MIN;
    private boolean heard = true;

    /// @param environment of this process
    /// @param also        told of everything before
    ServiceStatus(Map<String, String> environment, InstantSource clock, StatusPublisher.Watcher also) {
        this.environment = environment;
        this.clock = clock;
        this.also = also;
    }

    @Override
    public void published(StatusDocument document, boolean transition) {
        also.published(document, transition);
        Instant now = clock.instant();
        DaemonState state = document.state();
        if (!heard || state == null || (state == told && now.isBefore(dueAt))) {
            return;
        }
        told = state;
        dueAt = now.plus(PACE);
        try {
            heard = ServiceManager.tell(environment, message(state, StatusLine.of(document, now)));
        } catch (IOException e) {
            heard = false;
            LOG.warn("the service manager is told no more of what is done: {}", e.getMessage());
        }
    }

    private static String message(DaemonState state, String line) {
        return switch (state) {
            case STARTING, IDLE, TRAINING, PAUSED -> "STATUS=" + line;
            case COMPLETED, STOPPED, CRASHED -> "STOPPING=1\nSTATUS=" + line;
        };
    }
}
