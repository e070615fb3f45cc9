package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.TemplateSyntaxException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Statements: the body of a template.
public final class Parser {
    /// What Jinja has for templates that are made of several files, or that escape.
    private static final Set<String> LEFT_OUT = Set.of("block", "extends", "include", "import", "from", "autoescape");

    private final TokenStream stream;
    private final ExpressionParser expressions;
    private final Deque<String> open = new ArrayDeque<>();
    private final Deque<List<String>> ends = new ArrayDeque<>();

    private Parser(String template) {
        this.stream = new TokenStream(template);
        this.expressions = new ExpressionParser(stream);
    }

    /// The statements of a template, or a [TemplateSyntaxException].
    public static List<Statement> parse(String template) {
        return new Parser(template).statements();
    }

    /// Up to the end of the template, or to a tag that is waited for.
    private List<Statement> statements() {
        List<Statement> body = new ArrayList<>();
        while (!stream.is(TokenKind.EOF)) {
            Token token = stream.next();
            switch (token.kind()) {
                case DATA -> body.add(new Statement.Text(token.line(), token.text()));
                case VARIABLE_BEGIN -> {
                    int line = stream.current().line();
                    body.add(new Statement.Print(line, expressions.tuple(true, null)));
                    stream.expect(TokenKind.VARIABLE_END);
                }
                default -> {
                    Token tag = stream.current();
                    if (!ends.isEmpty()
                            && tag.kind() == TokenKind.NAME
                            && ends.getFirst().contains(tag.text())) {
                        return body;
                    }
                    expressions.nested(() -> statement(body));
                    stream.expect(TokenKind.BLOCK_END);
                }
            }
        }
        return body;
    }

    /// The statements of a block, up to one of these tags, which becomes the current one.
    private List<Statement> body(String... end) {
        stream.skipIf(TokenKind.COLON);
        stream.expect(TokenKind.BLOCK_END);
        ends.push(List.of(end));
        List<Statement> body = statements();
        if (stream.is(TokenKind.EOF)) {
            throw unexpectedEnd(null);
        }
        ends.pop();
        return body;
    }

    /// The same with one end, which is passed.
    private List<Statement> wholeBody(String end) {
        List<Statement> body = body(end);
        stream.next();
        return body;
    }

    private boolean statement(List<Statement> body) {
        Token tag = stream.current();
        if (tag.kind() != TokenKind.NAME) {
            throw stream.fail("tag name expected");
        }
        open.push(tag.text());
        int line = tag.line();
        switch (tag.text()) {
            case "set" -> body.add(set(line));
            case "if" -> body.add(condition(line));
            case "for" -> body.add(loop(line));
            case "macro" -> body.add(macro(line));
            case "call" -> body.add(call(line));
            case "filter" -> body.add(filter(line));
            case "with" -> body.add(with(line));
            case "print" -> print(body);
            case "generation" -> {
                stream.next();
                body.add(new Statement.Generation(line, wholeBody("endgeneration")));
            }
            case "break" -> {
                stream.next();
                body.add(new Statement.Break(line));
            }
            case "continue" -> {
                stream.next();
                body.add(new Statement.Continue(line));
            }
            default -> {
                open.pop();
                if (LEFT_OUT.contains(tag.text())) {
                    throw stream.fail(tag.text() + " is not supported in chat templates");
                }
                throw unexpectedEnd(tag.text());
            }
        }
        open.pop();
        return true;
    }

    private Statement set(int line) {
        stream.next();
        Target target = target(expressions.targets(null, true), true);
        if (stream.skipIf(TokenKind.ASSIGN)) {
            return new Statement.Assign(line, target, expressions.tuple(true, null));
        }
        Expression.Filter filter = expressions.blockFilter(false);
        return new Statement.AssignBlock(line, target, filter, wholeBody("endset"));
    }

    private Statement condition(int line) {
        List<Statement.Branch> branches = new ArrayList<>();
        List<Statement> otherwise = List.of();
        int branchLine = line;
        do {
            stream.next();
            Expression test = expressions.tuple(false, null);
            branches.add(new Statement.Branch(branchLine, test, body("elif", "else", "endif")));
            branchLine = stream.current().line();
        } while (stream.isName("elif"));
        if (stream.next().isName("else")) {
            otherwise = wholeBody("endif");
        }
        return new Statement.If(line, branches, otherwise);
    }

    private Statement loop(int line) {
        stream.next();
        Target target = target(expressions.targets("in", false), false);
        stream.expectName("in");
        Expression iterable = expressions.tuple(false, "recursive");
        Expression test = stream.skipIfName("if") ? expressions.expression() : null;
        boolean recursive = stream.skipIfName("recursive");
        List<Statement> body = body("endfor", "else");
        List<Statement> otherwise = stream.next().isName("else") ? wholeBody("endfor") : List.of();
        return new Statement.For(line, target, iterable, test, recursive, body, otherwise);
    }

    private Statement macro(int line) {
        stream.next();
        String name = variable();
        List<Statement.Parameter> parameters = parameters();
        return new Statement.Macro(line, name, parameters, wholeBody("endmacro"));
    }

    private Statement call(int line) {
        stream.next();
        List<Statement.Parameter> parameters = stream.is(TokenKind.LPAREN) ? parameters() : List.of();
        Expression called = expressions.expression();
        if (!(called instanceof Expression.Call call)) {
            throw new TemplateSyntaxException(line, "expected call");
        }
        return new Statement.CallBlock(line, parameters, call, wholeBody("endcall"));
    }

    private Statement filter(int line) {
        stream.next();
        Expression.Filter filter = expressions.blockFilter(true);
        if (filter == null) {
            throw stream.fail("expected a filter");
        }
        return new Statement.FilterBlock(line, filter, wholeBody("endfilter"));
    }

    private Statement with(int line) {
        stream.next();
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!stream.is(TokenKind.BLOCK_END)) {
            if (!targets.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            targets.add(target(expressions.targets(null, false), false));
            stream.expect(TokenKind.ASSIGN);
            values.add(expressions.expression());
        }
        return new Statement.With(line, targets, values, wholeBody("endwith"));
    }

    private void print(List<Statement> body) {
        stream.next();
        boolean first = true;
        while (!stream.is(TokenKind.BLOCK_END)) {
            if (!first) {
                stream.expect(TokenKind.COMMA);
            }
            first = false;
            body.add(new Statement.Print(stream.current().line(), expressions.expression()));
        }
    }

    private List<Statement.Parameter> parameters() {
        List<Statement.Parameter> parameters = new ArrayList<>();
        boolean optional = false;
        stream.expect(TokenKind.LPAREN);
        while (!stream.is(TokenKind.RPAREN)) {
            if (!parameters.isEmpty()) {
                stream.expect(TokenKind.COMMA);
            }
            String name = variable();
            if (parameters.stream().anyMatch(other -> other.name().equals(name))) {
                throw stream.fail("duplicate argument '" + name + "' in function definition");
            }
            Expression otherwise = null;
            if (stream.skipIf(TokenKind.ASSIGN)) {
                otherwise = expressions.expression();
                optional = true;
            } else if (optional) {
                throw stream.fail("non-default argument follows default argument");
            }
            parameters.add(new Statement.Parameter(name, otherwise));
        }
        stream.next();
        return parameters;
    }

    private String variable() {
        Token name = stream.expect(TokenKind.NAME);
        return switch (name.text()) {
            case "true", "false", "none", "True", "False", "None" ->
                throw new TemplateSyntaxException(name.line(), "can't assign to 'name'");
            default -> name.text();
        };
    }

    private static Target target(Expression expression, boolean namespaces) {
        return switch (expression) {
            case Expression.Name name -> new Target.Variable(name.line(), name.name());
            case Expression.Attribute attribute
            when namespaces && attribute.target() instanceof Expression.Name name ->
                new Target.Member(attribute.line(), name.name(), attribute.name());
            case Expression.TupleLiteral tuple ->
                new Target.Unpacked(
                        tuple.line(),
                        tuple.items().stream()
                                .map(item -> target(item, namespaces))
                                .toList());
            default ->
                throw new TemplateSyntaxException(
                        expression.line(),
                        "can't assign to '" + (expression instanceof Expression.Literal ? "const" : "expression")
                                + "'");
        };
    }

    private TemplateSyntaxException unexpectedEnd(@Nullable String tag) {
        StringBuilder problem = new StringBuilder(
                tag == null ? "Unexpected end of template." : "Encountered unknown tag '" + tag + "'.");
        if (!ends.isEmpty()) {
            String looking =
                    ends.getFirst().stream().map(end -> "'" + end + "'").collect(Collectors.joining(" or "));
            boolean misplaced = tag != null && ends.stream().anyMatch(end -> end.contains(tag));
            problem.append(
                    misplaced
                            ? " You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for "
                                    + looking + "."
                            : " Jinja was looking for the following tags: " + looking + ".");
        }
        if (!open.isEmpty()) {
            problem.append(" The innermost block that needs to be closed is '")
                    .append(open.getFirst())
                    .append("'.");
        }
        return stream.fail(problem.toString());
    }
}
