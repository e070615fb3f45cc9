package dev.stepwell.data.rows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One turn of a conversation.
///
/// @param content what is said; null only where an assistant calls tools and says nothing, which a chat template sees
///                as `none`
/// @param extra   what else templates may read of the turn, under its name in the file and in the file's order:
///                `tool_calls`, `tool_call_id`, `name`, `reasoning_content`, …. The values are JSON as plain Java:
///                maps in file order, lists, [String], [Boolean], [Long] or [java.math.BigInteger], [Double], and
///                null; not to be changed, and not changeable. The `arguments` of a tool call are a map wherever the
///                file has an object, be it written as a text or not
/// @param learnt  whether the model learns to say it; true only of the assistant's turns
public record Message(Role role, @Nullable String content, Map<String, @Nullable Object> extra, boolean learnt) {
    /// The name of the calls of tools in `extra`.
    public static final String TOOL_CALLS = "tool_calls";

    /// @throws IllegalArgumentException if another than the assistant's is learnt, or nothing is said or called
    public Message {
        extra = extra.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extra));
        if (learnt && role != Role.ASSISTANT) {
            throw new IllegalArgumentException("a turn of the role " + role.json() + " cannot be learnt");
        }
        if (content == null && (role != Role.ASSISTANT || !extra.containsKey(TOOL_CALLS))) {
            throw new IllegalArgumentException("a turn of the role " + role.json() + " without content");
        }
    }

    /// A turn that is nothing but text; learnt if it is the assistant's.
    public Message(Role role, String content) {
        this(role, content, Map.of(), role == Role.ASSISTANT);
    }
}
