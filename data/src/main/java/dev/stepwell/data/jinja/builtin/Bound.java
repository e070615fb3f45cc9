package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/// What was given for the parameters of a function.
final class Bound {
    private final String function;
    private final @Nullable Value[] values;

    Bound(String function, @Nullable Value[] values) {
        this.function = function;
        this.values = values;
    }

    boolean has(int index) {
        return values[index] != null;
    }

    /// What was given, or the default.
    Value get(int index, Value otherwise) {
        Value value = values[index];
        return value == null ? otherwise : value;
    }

    /// What has to be given.
    Value get(int index) {
        return get(index, None.NONE);
    }

    /// Whether it was given and holds.
    boolean truth(int index) {
        return Iteration.truth(get(index));
    }

    /// A string; with a `TypeError` for anything else.
    Str text(int index) {
        Value value = get(index);
        if (value instanceof Str text) {
            return text;
        }
        throw Fault.type(function + "() argument must be str, not " + value.type());
    }

    /// A whole number; with a `TypeError` for anything else, and an error for one that is too large.
    int number(int index, int otherwise) {
        Value value = values[index];
        return value == null ? otherwise : integer(value);
    }

    /// A whole number that Python would take as a size.
    static int integer(Value value) {
        if (!(value instanceof Integral number)) {
            throw Fault.type("'" + value.type() + "' object cannot be interpreted as an integer");
        }
        long size = Numbers.clamp(number);
        if (size == Long.MAX_VALUE || size == Long.MIN_VALUE) {
            throw Fault.of(FailureKind.OVERFLOW, "Python int too large to convert to C ssize_t");
        }
        return Math.clamp(size, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
