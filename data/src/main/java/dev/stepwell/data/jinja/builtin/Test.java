package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;

/// A test.
@FunctionalInterface
public interface Test {
    /// Whether the value passes it.
    boolean test(Run run, Value value, Arguments arguments);
}
