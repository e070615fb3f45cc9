package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Value;

/// An expression that can be evaluated.
@FunctionalInterface
interface Operation {
    /// What it is worth with these variables.
    Value evaluate(Frame frame);
}
