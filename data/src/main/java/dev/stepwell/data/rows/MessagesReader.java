package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Lists of messages.
public final class MessagesReader {
    private MessagesReader() {}

    /// The messages at which `parser` stands, as rows have them under `messages`; leaves it at the list's end.
    ///
    /// @throws RowProblemException if it is not a list of objects with a role and something said
    public static List<Message> read(JsonParser parser) {
        return read(parser, "messages", Dialect.MESSAGES, new JsonTree());
    }

    /// @param name the list's name in messages about it
    static List<Message> read(JsonParser parser, String name, Dialect dialect, JsonTree tree) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new RowProblemException(
                    JsonValues.offset(parser),
                    "%s is %s, expected a list".formatted(Quoted.of(name), JsonValues.describe(parser.currentToken())));
        }
        List<Message> messages = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages.add(MessageDraft.read(parser, name, messages.size(), dialect, tree));
        }
        return messages;
    }
}
