package dev.stepwell.data.jinja.value;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A dictionary that was given to the template: the map itself, whose values are read when they are asked for.
public final class GivenDict implements Dict {
    private final Map<?, ?> given;

    /// @param given not changed while the template is rendered
    public GivenDict(Map<?, ?> given) {
        this.given = given;
    }

    /// The map behind it.
    Map<?, ?> given() {
        return given;
    }

    @Override
    public @Nullable Value get(Value key) {
        if (!(key instanceof Str name)) {
            return null;
        }
        Object found = given.get(name.text());
        return found != null || given.containsKey(name.text()) ? Given.value(found) : null;
    }

    @Override
    public int size() {
        return given.size();
    }

    @Override
    public Iterator<Map.Entry<Value, Value>> entries() {
        Iterator<? extends Map.Entry<?, ?>> entries = given.entrySet().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Map.Entry<Value, Value> next() {
                Map.Entry<?, ?> entry = entries.next();
                return Map.entry(Given.value(entry.getKey()), Given.value(entry.getValue()));
            }
        };
    }
}
