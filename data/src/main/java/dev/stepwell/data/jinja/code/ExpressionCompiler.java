package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.TemplateSyntaxException;
import dev.stepwell.data.jinja.builtin.Filter;
import dev.stepwell.data.jinja.builtin.Filters;
import dev.stepwell.data.jinja.builtin.Test;
import dev.stepwell.data.jinja.builtin.Tests;
import dev.stepwell.data.jinja.syntax.CallArguments;
import dev.stepwell.data.jinja.syntax.Expression;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Str;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes expressions ready to be evaluated.
final class ExpressionCompiler {
    private final Variables variables;

    ExpressionCompiler(Variables variables) {
        this.variables = variables;
    }

    /// An expression of a statement that begins on this line.
    Operation compile(Expression expression, Place place, int line) {
        place.function().reach(place.level() + expression.height());
        return new OfLine(place, line).compile(expression);
    }

    /// A filter of a block, which works on what is held.
    Operation compileFilter(Expression.Filter filter, Operation held, Place place, int line) {
        place.function().reach(place.level() + filter.height());
        return new OfLine(place, line).filter(filter, held);
    }

    ArgumentsCode compileArguments(CallArguments arguments, Place place, int line) {
        return new OfLine(place, line).arguments(arguments);
    }

    /// With the line that failures are given anyway.
    private final class OfLine {
        private final Place place;
        private final int line;

        OfLine(Place place, int line) {
            this.place = place;
            this.line = line;
        }

        Operation compile(Expression expression) {
            Operation operation = bare(expression);
            boolean canFail = expression instanceof Expression.Call
                    || expression instanceof Expression.Filter
                    || expression instanceof Expression.Binary;
            return canFail && expression.line() != line ? new Operations.At(expression.line(), operation) : operation;
        }

        private Operation bare(Expression expression) {
            return switch (expression) {
                case Expression.Literal literal -> new Operations.Constant(literal.value());
                case Expression.Name name ->
                    new Operations.Variable(name.name(), variables.read(place.scope(), name.name()));
                case Expression.TupleLiteral tuple -> new Operations.MakeTuple(all(tuple.items()));
                case Expression.ListLiteral list -> new Operations.MakeList(all(list.items()));
                case Expression.DictLiteral dict -> dict(all(dict.keysAndValues()));
                case Expression.Attribute attribute ->
                    new Operations.GetAttribute(compile(attribute.target()), Str.of(attribute.name()));
                case Expression.Subscript subscript ->
                    new Operations.GetItem(compile(subscript.target()), compile(subscript.key()));
                case Expression.Slice slice -> slice(slice);
                case Expression.Call call -> call(call);
                case Expression.Filter filter -> filter(filter, null);
                case Expression.Test test -> test(test);
                case Expression.Unary unary -> new Operations.Unary(unary.operator(), compile(unary.operand()));
                case Expression.Binary binary ->
                    new Operations.Binary(binary.operator(), compile(binary.left()), compile(binary.right()));
                case Expression.Concat concat -> new Operations.Concat(all(concat.parts()));
                case Expression.Compare compare -> new Operations.Compare(compare.operators(), all(compare.operands()));
                case Expression.Conditional conditional -> conditional(conditional);
            };
        }

        private Operation call(Expression.Call call) {
            if (call.target() instanceof Expression.Attribute method) {
                return new Operations.CallMethod(
                        compile(method.target()), Str.of(method.name()), arguments(call.arguments()));
            }
            return new Operations.Call(compile(call.target()), arguments(call.arguments()));
        }

        private Operation slice(Expression.Slice slice) {
            if (slice.target() == null) {
                throw new IllegalStateException("a slice of nothing");
            }
            return new Operations.GetSlice(
                    compile(slice.target()), optional(slice.start()), optional(slice.stop()), optional(slice.step()));
        }

        private Operation conditional(Expression.Conditional conditional) {
            OfLine soft = new OfLine(place.softExpression(), line);
            return new Operations.Conditional(
                    soft.compile(conditional.test()),
                    soft.compile(conditional.then()),
                    soft.optional(conditional.otherwise()),
                    conditional.line());
        }

        private Operation filter(Expression.Filter filter, @Nullable Operation held) {
            Operation target;
            if (filter.target() instanceof Expression.Filter inner) {
                target = filter(inner, held);
            } else if (filter.target() != null) {
                target = compile(filter.target());
            } else if (held != null) {
                target = held;
            } else {
                throw new IllegalStateException("a filter of nothing");
            }
            Filter found = Filters.find(filter.name());
            if (found == null) {
                return unknown("filter", filter.name(), Filters.isOfJinja(filter.name()), filter.line());
            }
            return new Operations.Apply(found, target, arguments(filter.arguments()));
        }

        private Operation test(Expression.Test test) {
            Test found = Tests.find(test.name());
            if (found == null) {
                return unknown("test", test.name(), false, test.line());
            }
            return new Operations.Ask(found, compile(test.target()), arguments(test.arguments()));
        }

        /// Directly in a condition, it may be that nobody ever comes here.
        private Operation unknown(String what, String name, boolean leftOut, int where) {
            if (leftOut) {
                Fault fault = Fault.unsupported(what + " '" + name + "'");
                if (place.soft()) {
                    return new Operations.Fail(fault);
                }
                throw new TemplateSyntaxException(where, fault.problem());
            }
            if (place.soft()) {
                return new Operations.Fail(
                        Fault.of(FailureKind.RUNTIME, "No " + what + " named '" + name + "' found."));
            }
            throw new TemplateSyntaxException(where, "unknown " + what + " '" + name + "'");
        }

        private ArgumentsCode arguments(CallArguments arguments) {
            List<String> names =
                    arguments.named().stream().map(CallArguments.Keyword::name).toList();
            List<Expression> named =
                    arguments.named().stream().map(CallArguments.Keyword::value).toList();
            return new ArgumentsCode(
                    all(arguments.positional()),
                    names,
                    all(named),
                    optional(arguments.spread()),
                    optional(arguments.spreadNamed()));
        }

        private Operation dict(List<Operation> keysAndValues) {
            List<Operation> keys = new ArrayList<>();
            List<Operation> values = new ArrayList<>();
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                keys.add(keysAndValues.get(i));
                values.add(keysAndValues.get(i + 1));
            }
            return new Operations.MakeDict(keys, values);
        }

        private @Nullable Operation optional(@Nullable Expression expression) {
            return expression == null ? null : compile(expression);
        }

        private List<Operation> all(List<Expression> expressions) {
            return expressions.stream().map(this::compile).toList();
        }
    }
}
