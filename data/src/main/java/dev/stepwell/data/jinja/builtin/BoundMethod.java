package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.ReprWriter;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Value;

/// A method of a value, ready to be called.
///
/// @param owner the value
/// @param name  of the method
/// @param body  what it does
public record BoundMethod(Value owner, String name, Body body) implements Thing {
    /// What a method or function does.
    @FunctionalInterface
    public interface Body {
        /// Does it.
        Value call(Run run, Arguments arguments);
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
        return "builtin_function_or_method";
    }

    @Override
    public String repr(ReprWriter writer) {
        return "<built-in method " + name + " of " + owner.type() + " object>";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundMethod method
                && Equality.identical(method.owner, owner)
                && method.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
