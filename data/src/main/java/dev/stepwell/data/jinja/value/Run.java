package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.RenderContext;
import java.time.Clock;

/// One rendering: its budget and its clock.
///
/// @param budget what it has used
/// @param clock  what it takes for now
public record Run(Budget budget, Clock clock) {
    /// A rendering that begins.
    public static Run begin(RenderContext context) {
        return new Run(new Budget(context.limits()), context.clock());
    }
}
