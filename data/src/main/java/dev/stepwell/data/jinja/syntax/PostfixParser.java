package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What follows an expression: attributes, subscripts, calls, filters and tests.
final class PostfixParser {
    private final TokenStream stream;
    private final ExpressionParser expressions;

    PostfixParser(TokenStream stream, ExpressionParser expressions) {
        this.stream = stream;
        this.expressions = expressions;
    }

    /// Attributes, subscripts and calls.
    Expression postfix(Expression start) {
        Expression expression = start;
        while (true) {
            switch (stream.current().kind()) {
                case DOT -> expression = attribute(expression);
                case LBRACKET -> expression = subscript(expression);
                case LPAREN -> expression = call(expression);
                default -> {
                    return expression;
                }
            }
        }
    }

    /// Filters, tests, and calls of what they return.
    Expression filters(Expression start) {
        Expression expression = start;
        while (true) {
            if (stream.skipIf(TokenKind.PIPE)) {
                expression = filter(expression);
            } else if (stream.isName("is")) {
                expression = test(expression);
            } else if (stream.is(TokenKind.LPAREN)) {
                expression = call(expression);
            } else {
                return expression;
            }
        }
    }

    /// A filter, after the sign that begins it.
    Expression.Filter filter(@Nullable Expression target) {
        Token token = stream.expect(TokenKind.NAME);
        String name = dotted(token);
        CallArguments arguments = stream.is(TokenKind.LPAREN) ? arguments() : CallArguments.NONE;
        return new Expression.Filter(token.line(), target, name, arguments);
    }

    private Expression test(Expression target) {
        int line = stream.next().line();
        boolean negated = stream.skipIfName("not");
        String name = dotted(stream.expect(TokenKind.NAME));
        CallArguments arguments = CallArguments.NONE;
        if (stream.is(TokenKind.LPAREN)) {
            arguments = arguments();
        } else {
            Expression argument = expressions.testArgument();
            if (argument != null) {
                arguments = new CallArguments(List.of(argument), List.of(), null, null);
            }
        }
        Expression test = new Expression.Test(line, target, name, arguments);
        return negated ? new Expression.Unary(line, UnaryOperator.NOT, test) : test;
    }

    private String dotted(Token first) {
        StringBuilder name = new StringBuilder(first.text());
        while (stream.skipIf(TokenKind.DOT)) {
            name.append('.').append(stream.expect(TokenKind.NAME).text());
        }
        return name.toString();
    }

    private Expression call(Expression target) {
        int line = stream.current().line();
        return new Expression.Call(line, target, arguments());
    }

    private Expression attribute(Expression target) {
        int line = stream.next().line();
        Token name = stream.next();
        return switch (name.kind()) {
            case NAME -> new Expression.Attribute(line, target, name.text());
            case INTEGER -> new Expression.Subscript(line, target, new Expression.Literal(name.line(), name.literal()));
            default -> throw new TemplateSyntaxException(name.line(), "expected name or number");
        };
    }

    private Expression subscript(Expression target) {
        int line = stream.next().line();
        List<Expression> keys = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACKET)) {
            if (!keys.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            keys.add(subscribed());
        }
        stream.expect(TokenKind.RBRACKET);
        if (keys.size() != 1) {
            if (keys.stream().anyMatch(Expression.Slice.class::isInstance)) {
                throw new TemplateSyntaxException(line, "a slice among several keys is not supported");
            }
            return new Expression.Subscript(line, target, new Expression.TupleLiteral(line, keys));
        }
        return keys.getFirst() instanceof Expression.Slice slice
                ? slice.of(target)
                : new Expression.Subscript(line, target, keys.getFirst());
    }

    private Expression subscribed() {
        int line = stream.current().line();
        Expression start = null;
        if (!stream.is(TokenKind.COLON)) {
            start = expressions.expression();
            if (!stream.is(TokenKind.COLON)) {
                return start;
            }
        }
        stream.next();
        Expression stop = bound();
        Expression step = stream.skipIf(TokenKind.COLON) ? bound() : null;
        return new Expression.Slice(line, null, start, stop, step);
    }

    private @Nullable Expression bound() {
        return switch (stream.current().kind()) {
            case COLON, RBRACKET, COMMA -> null;
            default -> expressions.expression();
        };
    }

    private CallArguments arguments() {
        int line = stream.expect(TokenKind.LPAREN).line();
        List<Expression> positional = new ArrayList<>();
        List<CallArguments.Keyword> named = new ArrayList<>();
        Expression spread = null;
        Expression spreadNamed = null;
        boolean first = true;
        while (!stream.is(TokenKind.RPAREN)) {
            if (!first) {
                stream.expect(TokenKind.COMMA);
                if (stream.is(TokenKind.RPAREN)) {
                    break;
                }
            }
            first = false;
            if (stream.is(TokenKind.MUL)) {
                ensure(line, spread == null && spreadNamed == null);
                stream.next();
                spread = expressions.expression();
            } else if (stream.is(TokenKind.POW)) {
                ensure(line, spreadNamed == null);
                stream.next();
                spreadNamed = expressions.expression();
            } else if (stream.is(TokenKind.NAME) && stream.look().kind() == TokenKind.ASSIGN) {
                ensure(line, spreadNamed == null);
                String name = stream.next().text();
                stream.next();
                if (named.stream().anyMatch(keyword -> keyword.name().equals(name))) {
                    throw new TemplateSyntaxException(line, "keyword argument repeated: " + name);
                }
                named.add(new CallArguments.Keyword(name, expressions.expression()));
            } else {
                ensure(line, spread == null && spreadNamed == null && named.isEmpty());
                positional.add(expressions.expression());
            }
        }
        stream.expect(TokenKind.RPAREN);
        return new CallArguments(positional, named, spread, spreadNamed);
    }

    private static void ensure(int line, boolean valid) {
        if (!valid) {
            throw new TemplateSyntaxException(line, "invalid syntax for function call expression");
        }
    }
}
