package dev.stepwell.data.jinja.value;

import java.util.List;

/// A Python list, which the sandbox does not let change.
public final class ListValue implements Items {
    /// A list without elements.
    public static final ListValue EMPTY = new ListValue(List.of());

    private final List<Value> items;

    /// @param items never changed any more
    public ListValue(List<Value> items) {
        this.items = items;
    }

    @Override
    public List<Value> items() {
        return items;
    }

    @Override
    public ListValue with(List<Value> others) {
        return new ListValue(others);
    }

    @Override
    public String type() {
        return "list";
    }
}
