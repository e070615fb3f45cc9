package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;

/// Python's `%` on strings.
final class Printf {
    private Printf() {}

    static Value format(Run run, Str format, Value values) {
        if (format.text().indexOf(37) < 0) {
            return format;
        }
        throw Fault.unsupported("formatting with %");
    }
}
