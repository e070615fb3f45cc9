package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Value;

/// A piece of a template.
///
/// @param kind    what it is
/// @param line    where it begins
/// @param text    the name or the text between tags
/// @param literal the value of a string or number
record Token(TokenKind kind, int line, String text, Value literal) {
    Token(TokenKind kind, int line, String text) {
        this(kind, line, text, None.NONE);
    }

    /// Whether it is this name.
    boolean isName(String name) {
        return kind == TokenKind.NAME && text.equals(name);
    }

    /// What messages call it.
    String description() {
        return kind == TokenKind.NAME ? text : kind.description();
    }
}
