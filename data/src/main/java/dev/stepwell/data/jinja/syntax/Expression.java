package dev.stepwell.data.jinja.syntax;

import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of a template's source. Its height is bounded: what runs it recursively does not run out of stack.
public sealed interface Expression {
    /// Where it begins.
    int line();

    /// How many levels it has.
    int height();

    /// The expressions in it.
    List<Expression> children();

    /// A value that is written down.
    record Literal(int line, Value value) implements Expression {
        @Override
        public int height() {
            return 1;
        }

        @Override
        public List<Expression> children() {
            return List.of();
        }
    }

    /// A variable.
    record Name(int line, String name) implements Expression {
        @Override
        public int height() {
            return 1;
        }

        @Override
        public List<Expression> children() {
            return List.of();
        }
    }

    /// `(a, b)`.
    record TupleLiteral(int line, List<Expression> items, int height) implements Expression {
        TupleLiteral(int line, List<Expression> items) {
            this(line, items, Height.over(line, items));
        }

        @Override
        public List<Expression> children() {
            return items;
        }
    }

    /// `[a, b]`.
    record ListLiteral(int line, List<Expression> items, int height) implements Expression {
        ListLiteral(int line, List<Expression> items) {
            this(line, items, Height.over(line, items));
        }

        @Override
        public List<Expression> children() {
            return items;
        }
    }

    /// `{a: b}`: keys and values in turn.
    record DictLiteral(int line, List<Expression> keysAndValues, int height) implements Expression {
        DictLiteral(int line, List<Expression> keysAndValues) {
            this(line, keysAndValues, Height.over(line, keysAndValues));
        }

        @Override
        public List<Expression> children() {
            return keysAndValues;
        }
    }

    /// `a.b`.
    record Attribute(int line, Expression target, String name, int height) implements Expression {
        Attribute(int line, Expression target, String name) {
            this(line, target, name, Height.over(line, List.of(target)));
        }

        @Override
        public List<Expression> children() {
            return List.of(target);
        }
    }

    /// `a[b]`.
    record Subscript(int line, Expression target, Expression key, int height) implements Expression {
        Subscript(int line, Expression target, Expression key) {
            this(line, target, key, Height.over(line, List.of(target, key)));
        }

        @Override
        public List<Expression> children() {
            return List.of(target, key);
        }
    }

    /// `a[b:c:d]`, each of which may be missing. Without a target until it is known.
    record Slice(
            int line,
            @Nullable Expression target,
            @Nullable Expression start,
            @Nullable Expression stop,
            @Nullable Expression step,
            int height)
            implements Expression {
        Slice(
                int line,
                @Nullable Expression target,
                @Nullable Expression start,
                @Nullable Expression stop,
                @Nullable Expression step) {
            this(line, target, start, stop, step, Height.over(line, Height.present(target, start, stop, step)));
        }

        @Override
        public List<Expression> children() {
            return Height.present(target, start, stop, step);
        }

        Slice of(Expression sliced) {
            return new Slice(line, sliced, start, stop, step);
        }
    }

    /// `a(b)`.
    record Call(int line, Expression target, CallArguments arguments, int height) implements Expression {
        Call(int line, Expression target, CallArguments arguments) {
            this(line, target, arguments, Height.over(line, arguments.with(target)));
        }

        @Override
        public List<Expression> children() {
            return arguments.with(target);
        }
    }

    /// `a | name(b)`; in a `filter` block, without `a`.
    record Filter(int line, @Nullable Expression target, String name, CallArguments arguments, int height)
            implements Expression {
        Filter(int line, @Nullable Expression target, String name, CallArguments arguments) {
            this(line, target, name, arguments, Height.over(line, arguments.with(target)));
        }

        @Override
        public List<Expression> children() {
            return arguments.with(target);
        }
    }

    /// `a is name(b)`.
    record Test(int line, Expression target, String name, CallArguments arguments, int height) implements Expression {
        Test(int line, Expression target, String name, CallArguments arguments) {
            this(line, target, name, arguments, Height.over(line, arguments.with(target)));
        }

        @Override
        public List<Expression> children() {
            return arguments.with(target);
        }
    }

    /// `-a`, `+a`, `not a`.
    record Unary(int line, UnaryOperator operator, Expression operand, int height) implements Expression {
        Unary(int line, UnaryOperator operator, Expression operand) {
            this(line, operator, operand, Height.over(line, List.of(operand)));
        }

        @Override
        public List<Expression> children() {
            return List.of(operand);
        }
    }

    /// `a + b` and its kin, `and` and `or` among them.
    record Binary(int line, BinaryOperator operator, Expression left, Expression right, int height)
            implements Expression {
        Binary(int line, BinaryOperator operator, Expression left, Expression right) {
            this(line, operator, left, right, Height.over(line, List.of(left, right)));
        }

        @Override
        public List<Expression> children() {
            return List.of(left, right);
        }
    }

    /// `a ~ b ~ c`.
    record Concat(int line, List<Expression> parts, int height) implements Expression {
        Concat(int line, List<Expression> parts) {
            this(line, parts, Height.over(line, parts));
        }

        @Override
        public List<Expression> children() {
            return parts;
        }
    }

    /// `a < b < c`: one operator fewer than operands.
    record Compare(int line, List<CompareOperator> operators, List<Expression> operands, int height)
            implements Expression {
        Compare(int line, List<CompareOperator> operators, List<Expression> operands) {
            this(line, operators, operands, Height.over(line, operands));
        }

        @Override
        public List<Expression> children() {
            return operands;
        }
    }

    /// `a if test else b`.
    record Conditional(
            int line,
            Expression test,
            Expression then,
            @Nullable Expression otherwise,
            int height) implements Expression {
        Conditional(int line, Expression test, Expression then, @Nullable Expression otherwise) {
            this(line, test, then, otherwise, Height.over(line, Height.present(test, then, otherwise)));
        }

        @Override
        public List<Expression> children() {
            return Height.present(test, then, otherwise);
        }
    }
}
