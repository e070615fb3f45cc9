package dev.stepwell.app.config;

import dev.stepwell.app.text.Printable;

/// A value as it stands in the file, not yet understood.
///
/// @param text for a number its digits as written, for a string its content, else empty
record RawValue(Kind kind, String text) {
    enum Kind {
        NUMBER,
        STRING,
        TRUE,
        FALSE,
        NULL,
        ARRAY,
        OBJECT
    }

    /// How a message shows it: short, on one line, a string in quotes so that `"16"` and `16` can be told apart.
    String shown() {
        return switch (kind) {
            case NUMBER -> Printable.brief(text);
            case STRING -> '"' + Printable.brief(text) + '"';
            case TRUE -> "true";
            case FALSE -> "false";
            case NULL -> "null";
            case ARRAY -> "[…]";
            case OBJECT -> "{…}";
        };
    }
}
