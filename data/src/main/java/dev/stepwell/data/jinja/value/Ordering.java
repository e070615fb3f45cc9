package dev.stepwell.data.jinja.value;

import java.util.List;

/// Python's `<`, `<=`, `>` and `>=`.
public final class Ordering {
    private static final int DEEPEST = 200;

    /// One of the four.
    public enum Operator {
        /// Less than.
        LT("<"),
        /// Less than, or equal.
        LE("<="),
        /// Greater than.
        GT(">"),
        /// Greater than, or equal.
        GE(">=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        private boolean holds(int comparison) {
            return switch (this) {
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
            };
        }
    }

    private Ordering() {}

    /// Whether `left operator right` holds; a `TypeError` where these types have no order.
    public static boolean holds(Budget budget, Operator operator, Value left, Value right) {
        return holds(budget, operator, left, right, 0);
    }

    private static boolean holds(Budget budget, Operator operator, Value left, Value right, int depth) {
        if (depth > DEEPEST) {
            throw Fault.limit("values are nested deeper than " + DEEPEST + " levels");
        }
        budget.step();
        if (left instanceof Numeric one && right instanceof Numeric other) {
            return Numbers.comparable(one, other) && operator.holds(Numbers.compare(one, other));
        }
        if (left instanceof Str one && right instanceof Str other) {
            budget.read(Math.min(one.length(), other.length()));
            return operator.holds(compare(one.text(), other.text()));
        }
        if (left instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (right instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (left instanceof ListValue one && right instanceof ListValue other) {
            return holds(budget, operator, one.items(), other.items(), depth);
        }
        if (left instanceof Tuple one && right instanceof Tuple other) {
            return holds(budget, operator, one.items(), other.items(), depth);
        }
        throw Fault.type("'" + operator.sign + "' not supported between instances of '" + left.type() + "' and '"
                + right.type() + "'");
    }

    private static boolean holds(Budget budget, Operator operator, List<Value> left, List<Value> right, int depth) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            if (!Equality.identicalOrEqual(budget, left.get(i), right.get(i))) {
                return holds(budget, operator, left.get(i), right.get(i), depth + 1);
            }
        }
        return operator.holds(Integer.compare(left.size(), right.size()));
    }

    /// By code points, as Python orders; Java orders by chars, which differs where surrogates are involved.
    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char one = left.charAt(i);
            char other = right.charAt(i);
            if (one != other) {
                if (Character.isSurrogate(one) != Character.isSurrogate(other)) {
                    return Character.isSurrogate(one) ? 1 : -1;
                }
                return Character.compare(one, other);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
