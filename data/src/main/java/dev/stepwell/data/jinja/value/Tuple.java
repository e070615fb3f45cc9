package dev.stepwell.data.jinja.value;

import java.util.List;

/// A Python tuple.
///
/// @param items never changed any more
/// @param names of its elements, if they have some
public record Tuple(List<Value> items, List<String> names) implements Items {
    /// A tuple without elements.
    public static final Tuple EMPTY = new Tuple(List.of());

    /// A tuple whose elements have no names.
    public Tuple(List<Value> items) {
        this(items, List.of());
    }

    /// A pair.
    public static Tuple of(Value first, Value second) {
        return new Tuple(List.of(first, second));
    }

    @Override
    public Tuple with(List<Value> others) {
        return new Tuple(others);
    }

    @Override
    public String type() {
        return names.isEmpty() ? "tuple" : "_GroupTuple";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tuple tuple && items.equals(tuple.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }
}
