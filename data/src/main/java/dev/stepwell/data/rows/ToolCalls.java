package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls of tools, and the tools themselves, brought into the form in which chat templates expect them:
/// `{"type": "function", "function": {"name": …, "arguments": {…}}}` and `{"type": "function", "function": {"name": …,
/// "description": …, "parameters": …}}`.
///
/// Arguments that stand in the file as a text with a JSON object in it, as OpenAI has it, become that object: templates
/// write them as JSON again, and a text would come out quoted. No text at all, `""`, becomes an empty object.
final class ToolCalls {
    private static final String FUNCTION = "function";
    private static final String ARGUMENTS = "arguments";

    private ToolCalls() {}

    /// The value of `tool_calls`.
    ///
    /// @param calls  as [JsonTree#read] gives it
    /// @param offset where it stands
    /// @param what   its name in messages
    /// @throws RowProblemException if it is no list of objects
    static List<Object> normalized(@Nullable Object calls, long offset, String what) {
        if (!(calls instanceof List<?> list)) {
            throw new RowProblemException(offset, what + " is not a list");
        }
        List<Object> normalized = new ArrayList<>(list.size());
        for (Object call : list) {
            if (!(call instanceof Map<?, ?> object)) {
                throw new RowProblemException(offset, what + " is not a list of objects");
            }
            normalized.add(call(object));
        }
        return Collections.unmodifiableList(normalized);
    }

    /// Calls that are one call, or a list of them, without what surrounds it.
    ///
    /// @throws RowProblemException if one has no name
    static List<Object> ofBare(@Nullable Object calls, long offset, String what) {
        List<?> list = calls instanceof List<?> several ? several : Collections.singletonList(calls);
        List<Object> wrapped = new ArrayList<>(list.size());
        for (Object call : list) {
            if (call instanceof Map<?, ?> object && object.get(FUNCTION) instanceof Map<?, ?>) {
                wrapped.add(call(object));
            } else if (call instanceof Map<?, ?> object && object.get("name") instanceof String) {
                wrapped.add(function(withArguments(object)));
            } else {
                throw new RowProblemException(
                        offset, what + " is no call of a tool: expected {\"name\": …, \"arguments\": {…}}");
            }
        }
        if (wrapped.isEmpty()) {
            throw new RowProblemException(offset, what + " is an empty list");
        }
        return Collections.unmodifiableList(wrapped);
    }

    /// The value of `tools` or `functions`: a list, one tool, or either as a text.
    ///
    /// @throws RowProblemException if it is something else
    static List<Object> tools(@Nullable Object value, long offset, String what) {
        Object tools = value;
        if (value instanceof String text) {
            if (text.isBlank()) {
                return List.of();
            }
            tools = switch (RowJson.read(text, what)) {
                case RowJson.Written.Value(Object read) -> read;
                case RowJson.Written.Not(String reason) ->
                    throw new RowProblemException(offset, what + " is a text that holds no JSON: " + reason);
            };
        }
        List<?> list =
                tools instanceof Map<?, ?> one ? List.of(one) : tools instanceof List<?> several ? several : null;
        if (list == null || !list.stream().allMatch(Map.class::isInstance)) {
            throw new RowProblemException(offset, what + " is not a list of objects");
        }
        List<Object> wrapped = new ArrayList<>(list.size());
        for (Object tool : list) {
            wrapped.add(tool((Map<?, ?>) tool));
        }
        return Collections.unmodifiableList(wrapped);
    }

    private static Object tool(Map<?, ?> tool) {
        if (tool.get(FUNCTION) instanceof Map<?, ?> || !(tool.get("name") instanceof String)) {
            return tool;
        }
        Map<Object, @Nullable Object> bare = new LinkedHashMap<>(tool);
        bare.remove("type", FUNCTION);
        return function(bare);
    }

    private static Map<?, ?> call(Map<?, ?> call) {
        return call.get(FUNCTION) instanceof Map<?, ?> function
                ? with(call, FUNCTION, withArguments(function))
                : withArguments(call);
    }

    private static Map<?, ?> withArguments(Map<?, ?> function) {
        if (!(function.get(ARGUMENTS) instanceof String text)) {
            return function;
        }
        if (text.isBlank()) {
            return with(function, ARGUMENTS, Map.of());
        }
        return RowJson.read(text, ARGUMENTS) instanceof RowJson.Written.Value(Map<?, ?> arguments)
                ? with(function, ARGUMENTS, arguments)
                : function;
    }

    private static Map<?, ?> function(Map<?, ?> function) {
        Map<String, Object> wrapped = new LinkedHashMap<>();
        wrapped.put("type", FUNCTION);
        wrapped.put(FUNCTION, Collections.unmodifiableMap(function));
        return Collections.unmodifiableMap(wrapped);
    }

    private static Map<?, ?> with(Map<?, ?> object, String key, Object value) {
        Map<Object, @Nullable Object> changed = new LinkedHashMap<>(object);
        changed.put(key, value);
        return Collections.unmodifiableMap(changed);
    }
}
