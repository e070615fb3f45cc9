package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.text.Quoting;

/// Values as text: `str` and `repr`.
public final class Repr {
    private static final int BRIEF = 60;

    private Repr() {}

    /// Python's `str`: what `{{ }}` prints.
    public static Str str(Budget budget, Value value) {
        return switch (value) {
            case Str string -> string;
            case Undefined _ -> Str.EMPTY;
            case Int small -> Str.of(Long.toString(small.value()));
            default -> Str.of(repr(budget, value));
        };
    }

    /// Python's `repr`.
    public static String repr(Budget budget, Value value) {
        ReprWriter writer = new ReprWriter(budget);
        writer.write(value);
        return writer.toString();
    }

    /// A string in quotes.
    public static String quote(String text) {
        return Quoting.repr(text);
    }

    /// Like `repr` for what is small; for messages.
    static String brief(Value value) {
        return switch (value) {
            case Str text -> quote(text.length() > BRIEF ? text.text().substring(0, BRIEF) + "…" : text.text());
            case Numeric _, None _ -> {
                ReprWriter writer = new ReprWriter(null);
                writer.write(value);
                yield writer.toString();
            }
            default -> value.type();
        };
    }
}
