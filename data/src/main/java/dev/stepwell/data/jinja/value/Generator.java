package dev.stepwell.data.jinja.value;

import java.util.Iterator;

/// Values that are made one after the other when they are asked for, and only once.
public final class Generator implements Value {
    private static final int DEEPEST = 100;

    private final Iterator<Value> values;
    private final String type;
    private final int depth;

    private Generator(Iterator<Value> values, String type, int depth) {
        this.values = values;
        this.type = type;
        this.depth = depth;
    }

    /// Values made from nothing that is itself a generator.
    public static Generator of(Iterator<Value> values, String type) {
        return new Generator(values, type, 1);
    }

    /// Values made from those of `source`. A generator of a generator of a generator comes to an end.
    public static Generator over(Value source, Iterator<Value> values) {
        int depth = source instanceof Generator inner ? inner.depth + 1 : 1;
        if (depth > DEEPEST) {
            throw Fault.limit("generators are nested deeper than " + DEEPEST + " levels");
        }
        return new Generator(values, "generator", depth);
    }

    /// Those that are left.
    public Iterator<Value> values() {
        return values;
    }

    @Override
    public String type() {
        return type;
    }
}
