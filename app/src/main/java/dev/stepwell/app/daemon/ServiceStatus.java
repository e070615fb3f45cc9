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

/// Keeps the service manager told: that the daemon is ready, that it ends, and what is being done, for the line that
/// `systemctl status` shows, when the state changes and every ten seconds.
///
/// A manager that cannot be reached is no reason not to train: who waits for it to be told gives up by itself, and a
/// name that is left over from another service is common. That it cannot is said once.
final class ServiceStatus implements StatusPublisher.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceStatus.class);
    private static final Duration PACE = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final InstantSource clock;
    private @Nullable DaemonState told;
    private Instant dueAt = Instant.MIN;
    private boolean listens = true;
    private boolean owesReady;

    /// @param environment of this process
    ServiceStatus(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /// Its queue is in order and it takes files.
    synchronized void ready() {
        owesReady = listens && !tell(ServiceManager.READY);
    }

    @Override
    public void published(StatusDocument document, boolean transition) {
        tell(document, clock.instant());
    }

    private synchronized void tell(StatusDocument document, Instant now) {
        DaemonState state = document.state();
        if (!listens || state == null || (state == told && now.isBefore(dueAt))) {
            return;
        }
        String message = message(state, StatusLine.of(document, now));
        if (tell(owesReady ? ServiceManager.READY + "\n" + message : message)) {
            owesReady = false;
            told = state;
            dueAt = now.plus(PACE);
        }
    }

    /// Whether it has heard it; if not, it is told with the next document.
    private boolean tell(String message) {
        try {
            ServiceManager.Heard heard = ServiceManager.tell(environment, message);
            listens = heard != ServiceManager.Heard.NOBODY;
            return heard == ServiceManager.Heard.YES;
        } catch (IOException e) {
            listens = false;
            LOG.warn("no service manager is told of what is done: {}", e.getMessage());
            return false;
        }
    }

    private static String message(DaemonState state, String line) {
        return switch (state) {
            case STARTING, IDLE, TRAINING, PAUSED -> "STATUS=" + line;
            case COMPLETED, STOPPED, CRASHED -> "STOPPING=1\nSTATUS=" + line;
        };
    }
}
