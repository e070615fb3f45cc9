package dev.stepwell.core.status;

import dev.stepwell.core.signals.Signals;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All that a [Lookout] may judge, at one moment. Immutable.
///
/// @param live    the state. While steps are gone through one by one, it is the one known before them
/// @param signals what the steps so far amount to
/// @param quiet   for how long the trainer has been at a step without finishing it, as far as this process
///                was awake; null while it is not at a step
/// @param at      now
public record Scene(
        LiveStatus live, Signals signals, @Nullable Duration quiet, Instant at) {}
