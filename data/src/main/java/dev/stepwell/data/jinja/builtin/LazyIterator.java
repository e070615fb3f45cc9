package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Elements that are made when they are asked for: what Python writes with `yield`.
abstract class LazyIterator implements Iterator<Value> {
    private @Nullable Value next;

    /// The next element, null at the end.
    abstract @Nullable Value advance();

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = advance();
        }
        return next != null;
    }

    @Override
    public Value next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        Value made = next;
        next = null;
        return made;
    }
}
