package dev.stepwell.data.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a row that are read, by their names. Safe to use from any thread.
final class RowFields {
    /// What a field may hold.
    enum Kind {
        TEXT,
        TEXT_OR_MESSAGES,
        MESSAGES,
        CONVERSATIONS,
        HISTORY,
        TOOLS
    }

    private static final Map<String, Kind> USUAL = Map.ofEntries(
            Map.entry("messages", Kind.MESSAGES),
            Map.entry("prompt", Kind.TEXT_OR_MESSAGES),
            Map.entry("completion", Kind.TEXT_OR_MESSAGES),
            Map.entry("text", Kind.TEXT),
            Map.entry("instruction", Kind.TEXT),
            Map.entry("input", Kind.TEXT),
            Map.entry("output", Kind.TEXT),
            Map.entry("history", Kind.HISTORY),
            Map.entry("conversations", Kind.CONVERSATIONS),
            Map.entry("system", Kind.TEXT),
            Map.entry("tools", Kind.TOOLS),
            Map.entry("functions", Kind.TOOLS));

    private final FieldMapping mapping;
    private final Map<String, Kind> kinds = new HashMap<>(USUAL);
    private final List<String> nested;

    RowFields(FieldMapping mapping) {
        this.mapping = mapping;
        switch (mapping) {
            case FieldMapping.None _ -> {}
            case FieldMapping.QuestionAnswer answered -> {
                answered.required().forEach(name -> kinds.putIfAbsent(name, Kind.TEXT));
                answered.system().ifPresent(name -> kinds.putIfAbsent(name, Kind.TEXT));
            }
            case FieldMapping.Completion _, FieldMapping.Text _ ->
                mapping.required().forEach(name -> kinds.putIfAbsent(name, Kind.TEXT));
            case FieldMapping.Messages(String messages) -> kinds.put(messages, Kind.CONVERSATIONS);
        }
        nested = kinds.keySet().stream().filter(name -> name.contains(".")).toList();
    }

    FieldMapping mapping() {
        return mapping;
    }

    /// What the field of that name may hold; null if it is not read.
    @Nullable
    Kind kind(String name) {
        return kinds.get(name);
    }

    /// Whether a field that is read lies inside the one of that name.
    boolean leadsIn(String name) {
        return !nested.isEmpty() && nested.stream().anyMatch(field -> field.startsWith(name + "."));
    }
}
