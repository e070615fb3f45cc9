package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/// What `joiner()` makes: nothing when it is called first, the separator from then on.
final class Joiner implements Thing {
    private final Value separator;
    private boolean used;

    private Joiner(Value separator) {
        this.separator = separator;
    }

    static Joiner of(Run run, Arguments arguments) {
        return new Joiner(Signature.of("joiner", 0, "sep").bind(arguments).get(0, Str.of(", ")));
    }

    @Override
    public @Nullable Value attribute(String name) {
        return switch (name) {
            case "sep" -> separator;
            case "used" -> Bool.of(used);
            default -> null;
        };
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Run run, Arguments arguments) {
        Signature.of("joiner", 0).bind(arguments);
        if (!used) {
            used = true;
            return Str.EMPTY;
        }
        return separator;
    }

    @Override
    public String type() {
        return "Joiner";
    }
}
