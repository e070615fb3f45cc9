package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import org.jspecify.annotations.Nullable;

/// Tokens with one to look at and one more to peek at.
final class TokenStream {
    private final Lexer lexer;
    private Token current;
    private @Nullable Token following;

    TokenStream(String template) {
        this.lexer = new Lexer(template);
        this.current = lexer.next();
    }

    Token current() {
        return current;
    }

    boolean is(TokenKind kind) {
        return current.kind() == kind;
    }

    boolean isName(String name) {
        return current.isName(name);
    }

    /// The token after the current one.
    Token look() {
        if (following == null) {
            following = lexer.next();
        }
        return following;
    }

    /// Goes on, and returns the token that was current.
    Token next() {
        Token passed = current;
        current = look();
        following = null;
        return passed;
    }

    boolean skipIf(TokenKind kind) {
        if (is(kind)) {
            next();
            return true;
        }
        return false;
    }

    boolean skipIfName(String name) {
        if (isName(name)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(TokenKind kind) {
        if (!is(kind)) {
            throw unexpected(kind.description());
        }
        return next();
    }

    Token expectName(String name) {
        if (!isName(name)) {
            throw unexpected(name);
        }
        return next();
    }

    TemplateSyntaxException fail(String problem) {
        return new TemplateSyntaxException(current.line(), problem);
    }

    private TemplateSyntaxException unexpected(String expected) {
        if (is(TokenKind.EOF)) {
            return fail("unexpected end of template, expected '" + expected + "'.");
        }
        return fail("expected token '" + expected + "', got '" + current.description() + "'");
    }
}
