package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;

/// A method of a type.
@FunctionalInterface
public interface Method {
    /// Calls it on a value of its type.
    Value call(Run run, Value owner, Arguments arguments);
}
