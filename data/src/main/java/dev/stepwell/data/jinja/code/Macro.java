package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.ReprWriter;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A macro with the frame that it was defined in.
final class Macro implements Thing {
    private static final String CALLER = "caller";

    private final MacroCode code;
    private final Frame outer;

    Macro(MacroCode code, Frame outer) {
        this.code = code;
        this.outer = outer;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Run run, Arguments arguments) {
        List<MacroCode.Parameter> parameters = code.parameters();
        @Nullable Value[] given = new @Nullable Value[parameters.size()];
        SequencedMap<String, Value> named =
                arguments.named().isEmpty() ? arguments.named() : new LinkedHashMap<>(arguments.named());
        boolean callerGiven = false;
        int positional = Math.min(arguments.size(), given.length);
        for (int i = 0; i < given.length; i++) {
            String name = parameters.get(i).name();
            given[i] = i < positional ? arguments.get(i) : named.isEmpty() ? null : named.remove(name);
            callerGiven |= name.equals(CALLER);
        }
        MacroCode.Specials specials = code.specials();
        Value caller = null;
        if (specials.caller() >= 0 && !callerGiven) {
            caller = named.isEmpty() ? null : named.remove(CALLER);
            if (caller == null || caller == None.NONE) {
                caller = Undefined.because("No caller defined");
            }
        }
        if (specials.kwargs() < 0 && !named.isEmpty()) {
            throw surplus(named);
        }
        if (specials.varargs() < 0 && arguments.size() > given.length) {
            throw Fault.type("macro " + quotedName() + " takes not more than " + given.length + " argument(s)");
        }
        return code.run(outer, given, caller, named, arguments.positional().subList(positional, arguments.size()));
    }

    @Override
    public @Nullable Value attribute(String attribute) {
        return switch (attribute) {
            case "name" -> code.name() == null ? None.NONE : Str.of(code.name());
            case "arguments" ->
                new Tuple(code.parameters().stream()
                        .map(parameter -> (Value) Str.of(parameter.name()))
                        .toList());
            case "catch_kwargs" -> Bool.of(code.specials().kwargs() >= 0);
            case "catch_varargs" -> Bool.of(code.specials().varargs() >= 0);
            case CALLER -> Bool.of(code.specials().caller() >= 0);
            default -> null;
        };
    }

    @Override
    public String type() {
        return "Macro";
    }

    @Override
    public String repr(ReprWriter writer) {
        return "<Macro " + (code.name() == null ? "anonymous" : Repr.quote(code.name())) + ">";
    }

    private Fault surplus(SequencedMap<String, Value> named) {
        if (named.containsKey(CALLER)) {
            return Fault.type("macro " + quotedName() + " was invoked with two values for the special caller argument."
                    + " This is most likely a bug.");
        }
        String first = Repr.quote(named.firstEntry().getKey());
        return Fault.type("macro " + quotedName() + " takes no keyword argument " + first);
    }

    private String quotedName() {
        return code.name() == null ? "None" : Repr.quote(code.name());
    }
}
