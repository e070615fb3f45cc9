package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Message;
import tools.jackson.databind.json.JsonMapper;

/// What a turn says, as one text: its content, and what it calls of tools as JSON after it.
public final class SaidText {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SaidText() {}

    /// The text of `message`; what else it has under other names is not in it.
    public static String of(Message message) {
        String content = message.content() == null ? "" : message.content();
        Object calls = message.extra().get(Message.TOOL_CALLS);
        return calls == null
                ? content
                : "%s<tool_call>%s</tool_call>".formatted(content, JSON.writeValueAsString(calls));
    }
}
