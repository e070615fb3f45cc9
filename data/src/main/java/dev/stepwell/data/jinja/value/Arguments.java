package dev.stepwell.data.jinja.value;

import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;

/// What a call passes.
///
/// @param positional in order
/// @param named      in order
public record Arguments(List<Value> positional, SequencedMap<String, Value> named) {
    private static final SequencedMap<String, Value> NONE = Collections.emptyNavigableMap();

    /// Positional ones only.
    public Arguments(List<Value> positional) {
        this(positional, NONE);
    }

    /// How many are positional.
    public int size() {
        return positional.size();
    }

    /// A positional one.
    public Value get(int index) {
        return positional.get(index);
    }

    /// The same without names, or a `TypeError` that tells whose they are not.
    public List<Value> onlyPositional(String function) {
        if (!named.isEmpty()) {
            throw Fault.type(function + "() takes no keyword arguments");
        }
        return positional;
    }
}
