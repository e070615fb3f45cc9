package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import org.jspecify.annotations.Nullable;

/// Whatever has attributes or can be called: functions, methods, macros, loops, namespaces.
public non-sealed interface Thing extends Value {
    /// An attribute, null where there is none of the name.
    default @Nullable Value attribute(String name) {
        return null;
    }

    /// Whether [#call] does anything.
    default boolean isCallable() {
        return false;
    }

    /// Calls it.
    default Value call(Run run, Arguments arguments) {
        throw Fault.type("'" + type() + "' object is not callable");
    }

    /// Whether `if` takes it for true.
    default boolean truth() {
        return true;
    }

    /// What `len` says.
    default int size() {
        throw Fault.of(FailureKind.TYPE, "object of type '" + type() + "' has no len()");
    }

    /// How it is printed.
    default String repr(ReprWriter writer) {
        return "<" + type() + " object>";
    }
}
