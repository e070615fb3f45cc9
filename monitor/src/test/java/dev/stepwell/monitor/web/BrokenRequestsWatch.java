package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Hears whatever would be shown above a live display: what a client does is no warning there.
final class BrokenRequestsWatch extends Handler {
    private final Logger quieted = BrokenRequests.quieted();
    private final List<String> told = new CopyOnWriteArrayList<>();

    BrokenRequestsWatch() {
        Logger.getLogger("").addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            told.add(entry.getMessage() + ": " + entry.getThrown());
        }
    }

    /// To be called when the server has ended, which waits for its connections, and with them for what they tell.
    void assertNothingWasTold() {
        Logger.getLogger("").removeHandler(this);
        assertThat(told).isEmpty();
        assertThat(quieted.getFilter()).isInstanceOf(BrokenRequests.class);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
