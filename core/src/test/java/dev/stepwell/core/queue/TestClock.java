package dev.stepwell.core.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test sets.
public final class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /// Lets `time` pass; a negative one sets the clock back.
    public void advance(Duration time) {
        now = now.plus(time);
    }
}
