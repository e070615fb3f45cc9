package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.syntax.BinaryOperator;
import dev.stepwell.data.jinja.syntax.CompareOperator;
import dev.stepwell.data.jinja.value.Arithmetic;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Items;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Ordering;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Python's operators on values of any type.
public final class Calculation {
    private Calculation() {}

    /// The value of `left operator right`; `and` and `or` are not asked here.
    public static Value compute(Run run, BinaryOperator operator, Value left, Value right) {
        Budget budget = run.budget();
        if (left instanceof Numeric one && right instanceof Numeric other) {
            return switch (operator) {
                case ADD -> Arithmetic.add(budget, one, other);
                case SUBTRACT -> Arithmetic.subtract(budget, one, other);
                case MULTIPLY -> Arithmetic.multiply(budget, one, other);
                case DIVIDE -> Arithmetic.divide(one, other);
                case FLOOR_DIVIDE -> Arithmetic.floorDivide(one, other);
                case MODULO -> Arithmetic.modulo(one, other);
                case POWER -> Arithmetic.power(budget, one, other);
                case AND, OR -> throw new IllegalArgumentException("not computed: " + operator);
            };
        }
        if (operator == BinaryOperator.MODULO && left instanceof Str format) {
            return Printf.format(run, format, right);
        }
        if (left instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.fault();
        }
        return switch (operator) {
            case ADD -> add(budget, left, right);
            case MULTIPLY -> multiply(budget, left, right);
            default -> throw unsupported(operator, left, right);
        };
    }

    /// `-value`.
    public static Value negate(Budget budget, Value value) {
        return switch (value) {
            case Numeric number -> Arithmetic.negate(budget, number);
            case Undefined undefined -> throw undefined.fault();
            default -> throw Fault.type("bad operand type for unary -: '" + value.type() + "'");
        };
    }

    /// `+value`.
    public static Value plus(Budget budget, Value value) {
        return switch (value) {
            case Numeric number -> Arithmetic.negate(budget, Arithmetic.negate(budget, number));
            case Undefined undefined -> throw undefined.fault();
            default -> throw Fault.type("bad operand type for unary +: '" + value.type() + "'");
        };
    }

    /// Whether `left operator right` holds.
    public static boolean compare(Budget budget, CompareOperator operator, Value left, Value right) {
        return switch (operator) {
            case EQ -> Equality.equal(budget, left, right);
            case NE -> !Equality.equal(budget, left, right);
            case LT -> Ordering.holds(budget, Ordering.Operator.LT, left, right);
            case LE -> Ordering.holds(budget, Ordering.Operator.LE, left, right);
            case GT -> Ordering.holds(budget, Ordering.Operator.GT, left, right);
            case GE -> Ordering.holds(budget, Ordering.Operator.GE, left, right);
            case IN -> contains(budget, right, left);
            case NOT_IN -> !contains(budget, right, left);
        };
    }

    /// Whether `sought in container` holds.
    public static boolean contains(Budget budget, Value container, Value sought) {
        return switch (container) {
            case Str text -> {
                if (sought instanceof Str part) {
                    budget.search(text.length(), part.length());
                    yield text.text().contains(part.text());
                }
                throw Fault.type("'in <string>' requires string as left operand, not " + sought.type());
            }
            case Dict dict -> has(budget, dict, sought);
            case DictView view when view.part() == DictView.Part.KEYS -> has(budget, view.dict(), sought);
            default -> {
                if (!Iteration.isIterable(container)) {
                    throw Fault.type("argument of type '" + container.type() + "' is not iterable");
                }
                boolean found = false;
                for (Iterator<Value> rest = Iteration.iterate(container); !found && rest.hasNext(); ) {
                    budget.step();
                    found = Equality.identicalOrEqual(budget, rest.next(), sought);
                }
                yield found;
            }
        };
    }

    private static boolean has(Budget budget, Dict dict, Value key) {
        Equality.requireHashable(budget, key);
        return dict.get(key) != null;
    }

    private static Value add(Budget budget, Value left, Value right) {
        if (left instanceof Str one) {
            if (right instanceof Str other) {
                return Markups.concat(budget, one, other);
            }
            throw Fault.type("can only concatenate str (not \"" + right.type() + "\") to str");
        }
        if (left instanceof Items one && right instanceof Items other) {
            if (one instanceof ListValue == other instanceof ListValue) {
                int size = one.items().size() + other.items().size();
                budget.items(size);
                List<Value> joined = new ArrayList<>(size);
                joined.addAll(one.items());
                joined.addAll(other.items());
                return one.with(joined);
            }
        }
        if (left instanceof Items items) {
            String type = items instanceof Tuple ? "tuple" : "list";
            throw Fault.type("can only concatenate " + type + " (not \"" + right.type() + "\") to " + type);
        }
        throw unsupported(BinaryOperator.ADD, left, right);
    }

    private static Value multiply(Budget budget, Value left, Value right) {
        if (right instanceof Integral times && (left instanceof Str || left instanceof Items)) {
            return repeat(budget, left, times);
        }
        if (left instanceof Integral times && (right instanceof Str || right instanceof Items)) {
            return repeat(budget, right, times);
        }
        if (left instanceof Str || left instanceof Items) {
            throw Fault.type("can't multiply sequence by non-int of type '" + right.type() + "'");
        }
        if (right instanceof Str || right instanceof Items) {
            throw Fault.type("can't multiply sequence by non-int of type '" + left.type() + "'");
        }
        throw unsupported(BinaryOperator.MULTIPLY, left, right);
    }

    private static Value repeat(Budget budget, Value repeated, Integral count) {
        long times = Math.clamp(Numbers.clamp(count), 0L, 1L << 40);
        if (repeated instanceof Str text) {
            budget.chars(text.length() * times);
            return text.length() == 0 ? text : text.with(text.text().repeat((int) times));
        }
        Items items = (Items) repeated;
        if (items.items().isEmpty()) {
            return items;
        }
        budget.items(items.items().size() * times);
        List<Value> all = new ArrayList<>(items.items().size() * (int) times);
        for (int i = 0; i < times; i++) {
            all.addAll(items.items());
        }
        return items.with(all);
    }

    private static Fault unsupported(BinaryOperator operator, Value left, Value right) {
        if (left instanceof DictView && operator == BinaryOperator.SUBTRACT) {
            return Fault.unsupported("a set, as the difference of views of a dictionary is,");
        }
        return Fault.type("unsupported operand type(s) for " + operator.sign() + ": '" + left.type() + "' and '"
                + right.type() + "'");
    }
}
