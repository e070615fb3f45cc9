package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;

/// A filter whose arguments are bound to its parameters.
@FunctionalInterface
interface BoundFilter {
    /// Applies it.
    Value apply(Run run, Value value, Bound given);

    /// The filter with these parameters.
    static Filter with(Signature signature, BoundFilter body) {
        return (run, value, arguments) -> body.apply(run, value, signature.bind(arguments));
    }
}
