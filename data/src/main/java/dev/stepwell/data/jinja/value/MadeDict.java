package dev.stepwell.data.jinja.value;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A dictionary that the template made.
public final class MadeDict implements Dict {
    private final SequencedMap<Value, Value> entries = new LinkedHashMap<>();

    /// Adds or replaces an entry; only before anyone else sees the dictionary.
    public void put(Budget budget, Value key, Value value) {
        Equality.requireHashable(budget, key);
        entries.put(key, value);
    }

    /// Adds all entries of another; only before anyone else sees the dictionary.
    public void putAll(Dict other) {
        other.entries().forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
    }

    @Override
    public @Nullable Value get(Value key) {
        return entries.get(key);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Iterator<Map.Entry<Value, Value>> entries() {
        return entries.entrySet().iterator();
    }
}
