package dev.stepwell.data.jinja.value;

import java.util.List;

/// A list or a tuple: elements in order, none of which ever changes.
public sealed interface Items extends Value permits ListValue, Tuple {
    /// Its elements.
    List<Value> items();

    /// Others of the same kind.
    Items with(List<Value> items);
}
