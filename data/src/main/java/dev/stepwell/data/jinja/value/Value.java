package dev.stepwell.data.jinja.value;

/// A value as Python knows it. Values never change, but for namespaces and what remembers how far it was read.
///
/// `equals` and `hashCode` are those of Python's dictionary keys: `1`, `1.0` and `True` are the same key. What cannot
/// be a key compares by identity; [Equality] is what `==` means.
public sealed interface Value permits None, Undefined, Numeric, Str, Items, Range, Dict, DictView, Generator, Thing {
    /// Python's name of its type.
    String type();
}
