package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.MadeDict;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A macro's code, or that of the block of a call.
final class MacroCode {
    /// A parameter: where it is, and what it is worth when it is not given.
    record Parameter(String name, int slot, @Nullable Operation otherwise) {}

    /// A special variable, at -1 where the macro does not use it.
    record Specials(int caller, int kwargs, int varargs) {}

    private final @Nullable String name;
    private final List<Parameter> parameters;
    private final Specials specials;
    private final Entry entry;
    private final Block body;
    private final Function function;

    MacroCode(
            @Nullable String name,
            List<Parameter> parameters,
            Specials specials,
            Entry entry,
            Block body,
            Function function) {
        this.name = name;
        this.parameters = parameters;
        this.specials = specials;
        this.entry = entry;
        this.body = body;
        this.function = function;
    }

    /// Null for the block of a call.
    @Nullable
    String name() {
        return name;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    Specials specials() {
        return specials;
    }

    /// Runs it in a frame of its own.
    ///
    /// @param given for each parameter what is passed, or null
    Str run(Frame outer, @Nullable Value[] given, @Nullable Value caller, Map<String, Value> kwargs, List<Value> rest) {
        Budget budget = outer.run.budget();
        int levels = function.height();
        budget.enter(levels);
        try {
            Frame frame = new Frame(outer, function.size());
            if (specials.caller >= 0) {
                frame.slots[specials.caller] = caller;
            }
            if (specials.kwargs >= 0) {
                frame.slots[specials.kwargs] = dict(budget, kwargs);
            }
            if (specials.varargs >= 0) {
                frame.slots[specials.varargs] = new Tuple(List.copyOf(rest));
            }
            for (int i = 0; i < parameters.size(); i++) {
                frame.slots[parameters.get(i).slot] = given[i];
            }
            entry.enter(frame);
            for (Parameter parameter : parameters) {
                if (frame.slots[parameter.slot] == null) {
                    frame.slots[parameter.slot] = parameter.otherwise == null
                            ? Undefined.because("parameter '" + parameter.name + "' was not provided")
                            : parameter.otherwise.evaluate(frame);
                }
            }
            Output output = Output.part(budget);
            body.run(frame, output);
            return output.toValue();
        } finally {
            budget.leave(levels);
        }
    }

    private static MadeDict dict(Budget budget, Map<String, Value> entries) {
        MadeDict dict = new MadeDict();
        entries.forEach((key, value) -> dict.put(budget, Str.of(key), value));
        return dict;
    }
}
