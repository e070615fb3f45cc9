package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods of dictionaries that do not change them.
final class DictMethods {
    private static final Map<String, Method> METHODS = Map.of(
            "get", (run, owner, arguments) -> get(run.budget(), (Dict) owner, arguments),
            "items", (run, owner, arguments) -> view(owner, DictView.Part.ITEMS, arguments),
            "keys", (run, owner, arguments) -> view(owner, DictView.Part.KEYS, arguments),
            "values", (run, owner, arguments) -> view(owner, DictView.Part.VALUES, arguments),
            "copy",
                    (run, owner, arguments) -> {
                        none("copy", arguments);
                        return owner;
                    },
            "fromkeys", (run, owner, arguments) -> Globals.fromKeys(run, arguments));

    private DictMethods() {}

    static @Nullable Method find(String name) {
        return METHODS.get(name);
    }

    private static Value get(Budget budget, Dict dict, Arguments arguments) {
        List<Value> given = arguments.onlyPositional("dict.get");
        if (given.isEmpty() || given.size() > 2) {
            throw Fault.type("get expected at " + (given.isEmpty() ? "least 1 argument" : "most 2 arguments") + ", got "
                    + given.size());
        }
        Equality.requireHashable(budget, given.getFirst());
        Value found = dict.get(given.getFirst());
        return found != null ? found : given.size() == 2 ? given.get(1) : None.NONE;
    }

    private static Value view(Value owner, DictView.Part part, Arguments arguments) {
        none(part.name().toLowerCase(Locale.ROOT), arguments);
        return new DictView((Dict) owner, part);
    }

    private static void none(String method, Arguments arguments) {
        if (!arguments.onlyPositional("dict." + method).isEmpty()) {
            throw Fault.type("dict." + method + "() takes no arguments (" + arguments.size() + " given)");
        }
    }
}
