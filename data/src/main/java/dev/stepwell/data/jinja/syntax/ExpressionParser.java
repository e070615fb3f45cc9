package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Expressions, by recursive descent: the later in this file, the tighter an operator binds.
final class ExpressionParser {
    private static final Set<String> AFTER_TEST = Set.of("else", "or", "and");

    private final TokenStream stream;
    private final PostfixParser postfix;
    private int nested;

    ExpressionParser(TokenStream stream) {
        this.stream = stream;
        this.postfix = new PostfixParser(stream, this);
    }

    /// Reads something that may contain itself.
    <T> T nested(Supplier<T> reader) {
        if (++nested > Height.NESTED) {
            throw stream.fail("brackets and blocks are nested deeper than " + Height.NESTED + " levels");
        }
        T read = reader.get();
        nested--;
        return read;
    }

    /// Like an expression, but with commas a tuple.
    Expression tuple(boolean conditional, @Nullable String end) {
        return tuple(() -> conditional ? expression() : or(), end, false);
    }

    /// What stands on the left of an assignment: names, attributes of namespaces, and tuples of them.
    Expression targets(@Nullable String end, boolean namespaces) {
        return tuple(() -> primary(namespaces), end, false);
    }

    /// A filter without something to be filtered, as blocks have it; null where there is none.
    Expression.@Nullable Filter blockFilter(boolean required) {
        Expression.Filter filter = null;
        while (stream.is(TokenKind.PIPE) || (required && filter == null)) {
            if (filter != null || !required) {
                stream.next();
            }
            filter = postfix.filter(filter);
        }
        return filter;
    }

    /// Any expression.
    Expression expression() {
        return nested(this::conditional);
    }

    private Expression conditional() {
        int line = line();
        Expression then = or();
        while (stream.skipIfName("if")) {
            Expression test = or();
            Expression otherwise = stream.skipIfName("else") ? nested(this::conditional) : null;
            then = new Expression.Conditional(line, test, then, otherwise);
            line = line();
        }
        return then;
    }

    private Expression or() {
        int line = line();
        Expression left = and();
        while (stream.skipIfName("or")) {
            left = new Expression.Binary(line, BinaryOperator.OR, left, and());
            line = line();
        }
        return left;
    }

    private Expression and() {
        int line = line();
        Expression left = not();
        while (stream.skipIfName("and")) {
            left = new Expression.Binary(line, BinaryOperator.AND, left, not());
            line = line();
        }
        return left;
    }

    private Expression not() {
        if (stream.isName("not")) {
            int line = stream.next().line();
            return new Expression.Unary(line, UnaryOperator.NOT, nested(this::not));
        }
        return compare();
    }

    private Expression compare() {
        int line = line();
        List<CompareOperator> operators = new ArrayList<>();
        List<Expression> operands = new ArrayList<>();
        operands.add(sum());
        for (CompareOperator operator = comparison(); operator != null; operator = comparison()) {
            operators.add(operator);
            operands.add(sum());
            line = line();
        }
        return operators.isEmpty() ? operands.getFirst() : new Expression.Compare(line, operators, operands);
    }

    private @Nullable CompareOperator comparison() {
        CompareOperator operator = switch (stream.current().kind()) {
            case EQ -> CompareOperator.EQ;
            case NE -> CompareOperator.NE;
            case LT -> CompareOperator.LT;
            case LTEQ -> CompareOperator.LE;
            case GT -> CompareOperator.GT;
            case GTEQ -> CompareOperator.GE;
            case NAME -> stream.isName("in") ? CompareOperator.IN : null;
            default -> null;
        };
        if (operator != null) {
            stream.next();
        } else if (stream.isName("not") && stream.look().isName("in")) {
            stream.next();
            stream.next();
            return CompareOperator.NOT_IN;
        }
        return operator;
    }

    private Expression sum() {
        int line = line();
        Expression left = concat();
        while (stream.is(TokenKind.ADD) || stream.is(TokenKind.SUB)) {
            BinaryOperator operator =
                    stream.next().kind() == TokenKind.ADD ? BinaryOperator.ADD : BinaryOperator.SUBTRACT;
            left = new Expression.Binary(line, operator, left, concat());
            line = line();
        }
        return left;
    }

    private Expression concat() {
        int line = line();
        List<Expression> parts = new ArrayList<>();
        parts.add(product());
        while (stream.skipIf(TokenKind.TILDE)) {
            parts.add(product());
        }
        return parts.size() == 1 ? parts.getFirst() : new Expression.Concat(line, parts);
    }

    private Expression product() {
        int line = line();
        Expression left = power();
        for (BinaryOperator operator = factor(); operator != null; operator = factor()) {
            stream.next();
            left = new Expression.Binary(line, operator, left, power());
            line = line();
        }
        return left;
    }

    private @Nullable BinaryOperator factor() {
        return switch (stream.current().kind()) {
            case MUL -> BinaryOperator.MULTIPLY;
            case DIV -> BinaryOperator.DIVIDE;
            case FLOORDIV -> BinaryOperator.FLOOR_DIVIDE;
            case MOD -> BinaryOperator.MODULO;
            default -> null;
        };
    }

    private Expression power() {
        int line = line();
        Expression left = unary(true);
        while (stream.skipIf(TokenKind.POW)) {
            left = new Expression.Binary(line, BinaryOperator.POWER, left, unary(true));
            line = line();
        }
        return left;
    }

    private Expression unary(boolean filters) {
        int line = line();
        Expression operand;
        if (stream.skipIf(TokenKind.SUB)) {
            operand = new Expression.Unary(line, UnaryOperator.NEGATE, nested(() -> unary(false)));
        } else if (stream.skipIf(TokenKind.ADD)) {
            operand = new Expression.Unary(line, UnaryOperator.PLUS, nested(() -> unary(false)));
        } else {
            operand = primary(false);
        }
        Expression complete = postfix.postfix(operand);
        return filters ? postfix.filters(complete) : complete;
    }

    /// The argument of a test that stands without parentheses, null where there is none.
    @Nullable
    Expression testArgument() {
        boolean present = switch (stream.current().kind()) {
            case NAME -> !AFTER_TEST.contains(stream.current().text());
            case STRING, INTEGER, FLOAT, LBRACKET, LBRACE -> true;
            default -> false;
        };
        if (!present) {
            return null;
        }
        if (stream.isName("is")) {
            throw stream.fail("You cannot chain multiple tests with is");
        }
        return postfix.postfix(primary(false));
    }

    private Expression primary(boolean namespaces) {
        Token token = stream.current();
        int line = token.line();
        return switch (token.kind()) {
            case NAME -> name(stream.next(), namespaces);
            case STRING -> string();
            case INTEGER, FLOAT -> new Expression.Literal(line, stream.next().literal());
            case LPAREN -> {
                stream.next();
                Expression inner = nested(() -> tuple(this::expression, null, true));
                stream.expect(TokenKind.RPAREN);
                yield inner;
            }
            case LBRACKET -> list();
            case LBRACE -> dict();
            default -> throw new TemplateSyntaxException(line, "unexpected '" + token.description() + "'");
        };
    }

    private Expression name(Token token, boolean namespaces) {
        Value literal = switch (token.text()) {
            case "true", "True" -> Bool.TRUE;
            case "false", "False" -> Bool.FALSE;
            case "none", "None" -> None.NONE;
            default -> null;
        };
        if (literal != null) {
            return new Expression.Literal(token.line(), literal);
        }
        Expression name = new Expression.Name(token.line(), token.text());
        if (namespaces && stream.skipIf(TokenKind.DOT)) {
            return new Expression.Attribute(
                    token.line(), name, stream.expect(TokenKind.NAME).text());
        }
        return name;
    }

    private Expression string() {
        Token first = stream.next();
        if (!stream.is(TokenKind.STRING)) {
            return new Expression.Literal(first.line(), first.literal());
        }
        StringBuilder joined = new StringBuilder(first.text());
        while (stream.is(TokenKind.STRING)) {
            joined.append(stream.next().text());
        }
        return new Expression.Literal(first.line(), Str.of(joined.toString()));
    }

    private Expression tuple(Supplier<Expression> reader, @Nullable String end, boolean parentheses) {
        int line = line();
        List<Expression> items = new ArrayList<>();
        boolean commas = false;
        while (!isTupleEnd(end)) {
            items.add(reader.get());
            if (!stream.is(TokenKind.COMMA)) {
                break;
            }
            commas = true;
            line = line();
            stream.next();
        }
        if (!commas && !items.isEmpty()) {
            return items.getFirst();
        }
        if (!commas && !parentheses) {
            throw stream.fail("Expected an expression, got '" + stream.current().description() + "'");
        }
        return new Expression.TupleLiteral(line, items);
    }

    private boolean isTupleEnd(@Nullable String end) {
        return switch (stream.current().kind()) {
            case VARIABLE_END, BLOCK_END, RPAREN -> true;
            default -> end != null && stream.isName(end);
        };
    }

    private Expression list() {
        int line = stream.expect(TokenKind.LBRACKET).line();
        List<Expression> items = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACKET)) {
            if (!items.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (stream.is(TokenKind.RBRACKET)) {
                break;
            }
            items.add(expression());
        }
        stream.expect(TokenKind.RBRACKET);
        return new Expression.ListLiteral(line, items);
    }

    private Expression dict() {
        int line = stream.expect(TokenKind.LBRACE).line();
        List<Expression> entries = new ArrayList<>();
        while (!stream.is(TokenKind.RBRACE)) {
            if (!entries.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            if (stream.is(TokenKind.RBRACE)) {
                break;
            }
            entries.add(expression());
            stream.expect(TokenKind.COLON);
            entries.add(expression());
        }
        stream.expect(TokenKind.RBRACE);
        return new Expression.DictLiteral(line, entries);
    }

    private int line() {
        return stream.current().line();
    }
}
