package dev.stepwell.data.jinja.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jinja's filters.
public final class Filters {
    private static final Set<String> LEFT_OUT = Set.of("pprint", "random", "striptags", "urlize", "wordwrap");
    private static final Map<String, Filter> FILTERS = filters();

    private Filters() {}

    /// The filter of this name, null where there is none.
    public static @Nullable Filter find(String name) {
        return FILTERS.get(name);
    }

    /// Whether Jinja has a filter of this name, though perhaps not this interpreter.
    public static boolean isOfJinja(String name) {
        return FILTERS.containsKey(name) || LEFT_OUT.contains(name);
    }

    private static Map<String, Filter> filters() {
        Map<String, Filter> filters = new HashMap<>();
        TextFilters.addTo(filters);
        LayoutFilters.addTo(filters);
        NumberFilters.addTo(filters);
        SequenceFilters.addTo(filters);
        SelectFilters.addTo(filters);
        OrderFilters.addTo(filters);
        MarkupFilters.addTo(filters);
        JsonFilter.addTo(filters);
        return Map.copyOf(filters);
    }
}
