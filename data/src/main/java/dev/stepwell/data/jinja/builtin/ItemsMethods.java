package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Items;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Range;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods of lists, tuples and ranges that do not change them.
final class ItemsMethods {
    private static final Map<String, Method> METHODS = Map.of(
            "count", (run, owner, arguments) -> count(run.budget(), items(owner), arguments),
            "index", (run, owner, arguments) -> index(run, owner, arguments),
            "copy",
                    (run, owner, arguments) -> {
                        if (owner instanceof ListValue
                                && arguments.onlyPositional("list.copy").isEmpty()) {
                            return owner;
                        }
                        throw Fault.type(owner.type() + ".copy() cannot be called so");
                    });

    private ItemsMethods() {}

    static @Nullable Method find(String name) {
        return METHODS.get(name);
    }

    private static Value count(Budget budget, List<Value> items, Arguments arguments) {
        Value sought = one("count", arguments);
        int count = 0;
        for (Value item : items) {
            budget.step();
            if (Equality.identicalOrEqual(budget, item, sought)) {
                count++;
            }
        }
        return Int.of(count);
    }

    private static Value index(Run run, Value owner, Arguments arguments) {
        List<Value> given = arguments.onlyPositional("index");
        if (given.isEmpty() || given.size() > 3) {
            throw Fault.type("index expected 1 to 3 arguments, got " + given.size());
        }
        List<Value> items = items(owner);
        int start = given.size() > 1 ? bound(given.get(1), items.size()) : 0;
        int stop = given.size() > 2 ? bound(given.get(2), items.size()) : items.size();
        for (int i = start; i < stop; i++) {
            run.budget().step();
            if (Equality.identicalOrEqual(run.budget(), items.get(i), given.getFirst())) {
                return Int.of(i);
            }
        }
        throw Fault.value(Repr.repr(run.budget(), given.getFirst()) + " is not in " + owner.type());
    }

    private static int bound(Value value, int size) {
        if (!(value instanceof Integral number)) {
            throw Fault.type("slice indices must be integers or have an __index__ method");
        }
        long position = Numbers.clamp(number);
        return (int) Math.clamp(position < 0 ? position + size : position, 0, (long) size);
    }

    private static Value one(String method, Arguments arguments) {
        List<Value> given = arguments.onlyPositional(method);
        if (given.size() != 1) {
            throw Fault.type(method + "() takes exactly one argument (" + given.size() + " given)");
        }
        return given.getFirst();
    }

    private static List<Value> items(Value owner) {
        return owner instanceof Range range ? range.items() : ((Items) owner).items();
    }
}
