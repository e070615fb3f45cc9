package dev.stepwell.core.queue;

import java.time.Instant;

/// An attempt with its end, as the queue knows it.
///
/// @param endedAt when it ended
public record PastAttempt(FileAttempt attempt, AttemptEnd end, Instant endedAt) {}
