package dev.stepwell.data.jinja.value;

/// What `keys`, `values` and `items` of a dictionary return.
///
/// @param dict what it looks at
/// @param part which part of it
public record DictView(Dict dict, Part part) implements Value {
    /// What a view shows.
    public enum Part {
        /// Its keys.
        KEYS,
        /// What they stand for.
        VALUES,
        /// Pairs of both.
        ITEMS
    }

    @Override
    public String type() {
        return switch (part) {
            case KEYS -> "dict_keys";
            case VALUES -> "dict_values";
            case ITEMS -> "dict_items";
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
