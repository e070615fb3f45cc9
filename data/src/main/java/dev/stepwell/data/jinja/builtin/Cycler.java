package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `cycler()` makes: values one after the other, for ever.
final class Cycler implements Thing {
    private final List<Value> items;
    private int position;

    private Cycler(List<Value> items) {
        this.items = items;
    }

    static Cycler of(Arguments arguments) {
        List<Value> items = arguments.onlyPositional("cycler");
        if (items.isEmpty()) {
            throw Fault.of(FailureKind.RUNTIME, "at least one item has to be provided");
        }
        return new Cycler(items);
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "current" -> items.get(position);
            case "pos" -> Int.of(position);
            case "items" -> new Tuple(items);
            case "next" ->
                new BoundMethod(this, name, (run, arguments) -> {
                    Value current = items.get(position);
                    position = (position + 1) % items.size();
                    return current;
                });
            case "reset" ->
                new BoundMethod(this, name, (run, arguments) -> {
                    position = 0;
                    return None.NONE;
                });
            default -> null;
        };
    }

    @Override
    public String type() {
        return "Cycler";
    }
}
