package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;

/// A filter.
@FunctionalInterface
public interface Filter {
    /// Applies it to a value.
    Value apply(Run run, Value value, Arguments arguments);
}
