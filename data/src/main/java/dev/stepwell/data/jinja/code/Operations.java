package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.builtin.Attributes;
import dev.stepwell.data.jinja.builtin.Calculation;
import dev.stepwell.data.jinja.builtin.Filter;
import dev.stepwell.data.jinja.builtin.Method;
import dev.stepwell.data.jinja.builtin.Test;
import dev.stepwell.data.jinja.syntax.BinaryOperator;
import dev.stepwell.data.jinja.syntax.CompareOperator;
import dev.stepwell.data.jinja.syntax.UnaryOperator;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.MadeDict;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expressions.
final class Operations {
    private Operations() {}

    /// A value that is written down.
    record Constant(Value value) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            return value;
        }
    }

    /// A variable.
    record Variable(String name, Read read) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = read.read(frame);
            return value == null ? Undefined.variable(name) : value;
        }
    }

    /// `(a, b)`.
    record MakeTuple(List<Operation> items) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            return new Tuple(values(frame, items));
        }
    }

    /// `[a, b]`.
    record MakeList(List<Operation> items) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            return new ListValue(values(frame, items));
        }
    }

    /// `{a: b}`.
    record MakeDict(List<Operation> keys, List<Operation> values) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            frame.run.budget().items(keys.size());
            MadeDict dict = new MadeDict();
            for (int i = 0; i < keys.size(); i++) {
                Value key = keys.get(i).evaluate(frame);
                dict.put(frame.run.budget(), key, values.get(i).evaluate(frame));
            }
            return dict;
        }
    }

    /// `a.b`.
    record GetAttribute(Operation target, Str name) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            return Attributes.attribute(target.evaluate(frame), name);
        }
    }

    /// `a[b]`.
    record GetItem(Operation target, Operation key) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value owner = target.evaluate(frame);
            return Attributes.item(frame.run, owner, key.evaluate(frame));
        }
    }

    /// `a[b:c:d]`.
    record GetSlice(
            Operation target,
            @Nullable Operation start,
            @Nullable Operation stop,
            @Nullable Operation step) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value sliced = target.evaluate(frame);
            return Slices.slice(
                    frame.run.budget(), sliced, bound(frame, start), bound(frame, stop), bound(frame, step));
        }

        private static Value bound(Frame frame, @Nullable Operation operation) {
            return operation == null ? None.NONE : operation.evaluate(frame);
        }
    }

    /// `a(b)`.
    record Call(Operation target, ArgumentsCode arguments) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value called = target.evaluate(frame);
            Arguments given = arguments.evaluate(frame);
            frame.run.budget().step();
            return call(frame, called, given);
        }
    }

    /// `a.b(c)`, without a value for the method in between.
    record CallMethod(Operation target, Str name, ArgumentsCode arguments) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value owner = target.evaluate(frame);
            Method bound = Attributes.method(owner, name.text());
            if (bound == null) {
                Value called = Attributes.attribute(owner, name);
                Arguments given = arguments.evaluate(frame);
                return call(frame, called, given);
            }
            frame.run.budget().step();
            return bound.call(frame.run, owner, arguments.evaluate(frame));
        }
    }

    /// `a | name(b)`.
    record Apply(Filter filter, Operation target, ArgumentsCode arguments) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = target.evaluate(frame);
            Arguments given = arguments.evaluate(frame);
            frame.run.budget().step();
            return filter.apply(frame.run, value, given);
        }
    }

    /// `a is name(b)`.
    record Ask(Test test, Operation target, ArgumentsCode arguments) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = target.evaluate(frame);
            return Bool.of(test.test(frame.run, value, arguments.evaluate(frame)));
        }
    }

    /// What fails when it is reached.
    record Fail(Fault fault) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            throw fault;
        }
    }

    /// `not a`, `-a`, `+a`.
    record Unary(UnaryOperator operator, Operation operand) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value value = operand.evaluate(frame);
            return switch (operator) {
                case NOT -> Bool.of(!Iteration.truth(value));
                case NEGATE -> Calculation.negate(frame.run.budget(), value);
                case PLUS -> Calculation.plus(frame.run.budget(), value);
            };
        }
    }

    /// `a + b` and its kin.
    record Binary(BinaryOperator operator, Operation left, Operation right) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value one = left.evaluate(frame);
            return switch (operator) {
                case AND -> Iteration.truth(one) ? right.evaluate(frame) : one;
                case OR -> Iteration.truth(one) ? one : right.evaluate(frame);
                default -> Calculation.compute(frame.run, operator, one, right.evaluate(frame));
            };
        }
    }

    /// `a ~ b`.
    record Concat(List<Operation> parts) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Str joined = Str.EMPTY;
            for (Operation part : parts) {
                Str next = Repr.str(frame.run.budget(), part.evaluate(frame));
                joined = Str.concat(frame.run.budget(), joined, next, false);
            }
            return joined;
        }
    }

    /// `a < b < c`.
    record Compare(List<CompareOperator> operators, List<Operation> operands) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            Value left = operands.getFirst().evaluate(frame);
            for (int i = 0; i < operators.size(); i++) {
                Value right = operands.get(i + 1).evaluate(frame);
                if (!Calculation.compare(frame.run.budget(), operators.get(i), left, right)) {
                    return Bool.FALSE;
                }
                left = right;
            }
            return Bool.TRUE;
        }
    }

    /// `a if test else b`.
    record Conditional(
            Operation test, Operation then, @Nullable Operation otherwise, int line) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            if (Iteration.truth(test.evaluate(frame))) {
                return then.evaluate(frame);
            }
            return otherwise != null
                    ? otherwise.evaluate(frame)
                    : Undefined.because("the inline if-expression on line " + line
                            + " evaluated to false and no else section was defined.");
        }
    }

    /// An expression on another line than its statement.
    record At(int line, Operation operation) implements Operation {
        @Override
        public Value evaluate(Frame frame) {
            try {
                return operation.evaluate(frame);
            } catch (Fault fault) {
                throw Block.located(fault, line);
            }
        }
    }

    /// Calls a value.
    static Value call(Frame frame, Value called, Arguments arguments) {
        return switch (called) {
            case Thing thing -> thing.call(frame.run, arguments);
            case Undefined undefined -> throw undefined.fault();
            default -> throw Fault.type("'" + called.type() + "' object is not callable");
        };
    }

    private static List<Value> values(Frame frame, List<Operation> operations) {
        Value[] values = new Value[operations.size()];
        frame.run.budget().items(values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] = operations.get(i).evaluate(frame);
        }
        return Arrays.asList(values);
    }
}
