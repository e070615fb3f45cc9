package dev.stepwell.data.jinja;

import java.time.Clock;

/// What a rendering may know of the world, and how much of it it may use.
///
/// @param clock  what `strftime_now` reads, in its zone
/// @param limits what ends a rendering that goes too far
public record RenderContext(Clock clock, Limits limits) {
    /// A context with [Limits#DEFAULT].
    public RenderContext(Clock clock) {
        this(clock, Limits.DEFAULT);
    }
}
