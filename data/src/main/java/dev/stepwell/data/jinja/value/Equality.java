package dev.stepwell.data.jinja.value;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Python's `==`, and what may be a key.
public final class Equality {
    private static final int DEEPEST = 200;

    private Equality() {}

    /// Python's `==`.
    public static boolean equal(Budget budget, Value left, Value right) {
        return equal(budget, left, right, 0);
    }

    /// Like `==`, but a thing always is itself, as `in` has it.
    public static boolean identicalOrEqual(Budget budget, Value left, Value right) {
        return identical(left, right) || equal(budget, left, right, 0);
    }

    /// Whether they are the very same.
    @SuppressWarnings("ReferenceEquality")
    public static boolean identical(Value left, Value right) {
        return left == right;
    }

    /// A `TypeError` for what cannot be a key. Pays for finding it by its hash, too: a tuple whose elements share
    /// theirs is small in memory and large to look at.
    public static void requireHashable(Budget budget, Value key) {
        Value unhashable = unhashable(budget, key, 0);
        if (unhashable != null) {
            throw Fault.type("unhashable type: '" + unhashable.type() + "'");
        }
    }

    /// Whether it can be a key, at the same price.
    public static boolean isHashable(Budget budget, Value key) {
        return unhashable(budget, key, 0) == null;
    }

    /// What of a key is none, or null.
    private static @Nullable Value unhashable(Budget budget, Value key, int depth) {
        deeper(depth);
        budget.step();
        if (key instanceof ListValue || key instanceof Dict) {
            return key;
        }
        Value found = null;
        if (key instanceof Tuple tuple) {
            for (int i = 0; i < tuple.items().size() && found == null; i++) {
                found = unhashable(budget, tuple.items().get(i), depth + 1);
            }
        }
        return found;
    }

    private static boolean equal(Budget budget, Value left, Value right, int depth) {
        deeper(depth);
        budget.step();
        return switch (left) {
            case Str one -> right instanceof Str other && equal(budget, one, other);
            case Numeric one -> right instanceof Numeric other && Numbers.same(one, other);
            case ListValue one -> right instanceof ListValue other && equal(budget, one.items(), other.items(), depth);
            case Tuple one -> right instanceof Tuple other && equal(budget, one.items(), other.items(), depth);
            case Dict one -> right instanceof Dict other && equal(budget, one, other, depth);
            case Range one -> one.equals(right);
            case Undefined one -> one.equals(right);
            case DictView one -> right instanceof DictView other && equal(budget, one, other, depth);
            case None one -> one == right;
            case Generator one -> identical(one, right);
            case Thing one -> identical(one, right);
        };
    }

    private static boolean equal(Budget budget, Str left, Str right) {
        if (left.length() != right.length()) {
            return false;
        }
        budget.read(left.length());
        return left.equals(right);
    }

    private static boolean equal(Budget budget, List<Value> left, List<Value> right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            Value one = left.get(i);
            Value other = right.get(i);
            if (!identical(one, other) && !equal(budget, one, other, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Budget budget, Dict left, Dict right, int depth) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Iterator<Map.Entry<Value, Value>> entries = left.entries(); entries.hasNext(); ) {
            Map.Entry<Value, Value> entry = entries.next();
            Value other = right.get(entry.getKey());
            if (other == null
                    || !(identical(entry.getValue(), other) || equal(budget, entry.getValue(), other, depth + 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Budget budget, DictView left, DictView right, int depth) {
        if (left.part() != right.part() || left.dict().size() != right.dict().size()) {
            return false;
        }
        return switch (left.part()) {
            case VALUES -> identical(left, right);
            case ITEMS -> equal(budget, left.dict(), right.dict(), depth);
            case KEYS -> {
                boolean same = true;
                for (Iterator<Map.Entry<Value, Value>> entries = left.dict().entries(); same && entries.hasNext(); ) {
                    budget.step();
                    same = right.dict().get(entries.next().getKey()) != null;
                }
                yield same;
            }
        };
    }

    private static void deeper(int depth) {
        if (depth > DEEPEST) {
            throw Fault.limit("values are nested deeper than " + DEEPEST + " levels");
        }
    }
}
