package dev.stepwell.data.jinja.value;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Python dictionary, in the order in which its keys came, which the sandbox does not let change.
public sealed interface Dict extends Value permits MadeDict, GivenDict {
    /// What a key stands for, null where it is absent.
    @Nullable
    Value get(Value key);

    /// How many keys there are.
    int size();

    /// Its entries in order.
    Iterator<Map.Entry<Value, Value>> entries();

    @Override
    default String type() {
        return "dict";
    }
}
