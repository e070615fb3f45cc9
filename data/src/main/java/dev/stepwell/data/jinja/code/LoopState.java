package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.builtin.BoundMethod;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ReprWriter;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a loop's body knows as `loop`. Looks one element ahead only when it is asked to.
final class LoopState implements Thing {
    /// Renders the body again for other elements.
    @FunctionalInterface
    interface Recursion {
        Value render(Value iterable, int depth);
    }

    private final Budget budget;
    private final Value iterable;
    private final int depth;
    private final @Nullable Recursion recursion;
    private Iterator<Value> rest;
    private int index = -1;
    private int length = -1;
    private @Nullable Value before;
    private @Nullable Value current;
    private @Nullable Value after;
    private @Nullable Tuple changed;

    LoopState(Budget budget, Value iterable, Iterator<Value> rest, int depth, @Nullable Recursion recursion) {
        this.budget = budget;
        this.iterable = iterable;
        this.rest = rest;
        this.depth = depth;
        this.recursion = recursion;
    }

    /// The next element, null at the end.
    @Nullable
    Value next() {
        Value next = after;
        after = null;
        if (next == null) {
            next = rest.hasNext() ? rest.next() : null;
        }
        if (next != null) {
            index++;
            before = current;
            current = next;
        }
        return next;
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "index" -> Int.of(index + 1);
            case "index0" -> Int.of(index);
            case "revindex" -> Int.of(size() - index);
            case "revindex0" -> Int.of(size() - index - 1);
            case "first" -> Bool.of(index == 0);
            case "last" -> Bool.of(peek() == null);
            case "length" -> Int.of(size());
            case "depth" -> Int.of(depth + 1);
            case "depth0" -> Int.of(depth);
            case "previtem" -> or(index == 0 ? null : before, "there is no previous item");
            case "nextitem" -> or(peek(), "there is no next item");
            case "cycle" -> new BoundMethod(this, "cycle", this::cycle);
            case "changed" -> new BoundMethod(this, "changed", this::changed);
            default -> null;
        };
    }

    @Override
    public int size() {
        if (length < 0) {
            if (Iteration.hasLength(iterable)) {
                length = Iteration.length(iterable);
            } else {
                List<Value> left = Iteration.list(budget, Generator.of(rest, "generator"));
                rest = left.iterator();
                length = left.size() + index + 1 + (after == null ? 0 : 1);
            }
        }
        return length;
    }

    @Override
    public boolean truth() {
        return size() > 0;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Run run, Arguments arguments) {
        if (arguments.size() != 1 || !arguments.named().isEmpty()) {
            throw Fault.type("a recursive loop is called with one argument");
        }
        if (recursion == null) {
            throw Fault.type("The loop must have the 'recursive' marker to be called recursively.");
        }
        return recursion.render(arguments.get(0), depth + 1);
    }

    @Override
    public String type() {
        return "LoopContext";
    }

    @Override
    public String repr(ReprWriter writer) {
        return "<LoopContext " + (index + 1) + "/" + size() + ">";
    }

    private @Nullable Value peek() {
        if (after == null && rest.hasNext()) {
            after = rest.next();
        }
        return after;
    }

    private static Value or(@Nullable Value value, String problem) {
        return value == null ? Undefined.because(problem) : value;
    }

    private Value cycle(Run run, Arguments arguments) {
        List<Value> values = arguments.onlyPositional("LoopContext.cycle");
        if (values.isEmpty()) {
            throw Fault.type("no items for cycling given");
        }
        return values.get(index % values.size());
    }

    private Value changed(Run run, Arguments arguments) {
        Tuple values = new Tuple(List.copyOf(arguments.onlyPositional("LoopContext.changed")));
        if (changed != null && Equality.equal(budget, changed, values)) {
            return Bool.FALSE;
        }
        changed = values;
        return Bool.TRUE;
    }
}
