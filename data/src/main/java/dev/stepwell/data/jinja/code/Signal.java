package dev.stepwell.data.jinja.code;

/// How to go on after a statement.
enum Signal {
    /// With the next one.
    NEXT,
    /// After the loop.
    BREAK,
    /// With the loop's next element.
    CONTINUE
}
