package dev.stepwell.data.jinja;

/// A part of a text.
///
/// @param start the first char
/// @param end   the char after the last
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no span: " + start + " to " + end);
        }
    }

    /// The same span of a text with so many chars before it.
    public Span shifted(int chars) {
        return new Span(start + chars, end + chars);
    }
}
