package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.ReprWriter;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Value;
import org.jspecify.annotations.Nullable;

/// A function that every template has.
///
/// @param name of the function
/// @param body what it does
record GlobalFunction(String name, BoundMethod.Body body) implements Thing {
    @Override
    public @Nullable Value attribute(String attribute) {
        return name.equals("dict") && attribute.equals("fromkeys")
                ? new BoundMethod(this, attribute, Globals::fromKeys)
                : null;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Value call(Run run, Arguments arguments) {
        return body.call(run, arguments);
    }

    @Override
    public String type() {
        return "function";
    }

    @Override
    public String repr(ReprWriter writer) {
        return "<function " + name + ">";
    }
}
