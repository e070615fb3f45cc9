package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The value of `messages`.
public final class MessagesReader {
    private static final String ROLES =
            Arrays.stream(Role.values()).map(Role::json).collect(Collectors.joining(", "));

    private MessagesReader() {}

    /// The messages at which `parser` stands; leaves it at the list's end.
    ///
    /// @throws RowProblemException if it is not a list of objects with a role and a text, or an answer is blank
    public static List<Message> read(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new RowProblemException(
                    JsonValues.offset(parser),
                    "\"messages\" is " + JsonValues.describe(parser.currentToken()) + ", expected a list");
        }
        List<Message> messages = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            messages.add(readMessage(parser, "messages[%d]".formatted(messages.size())));
        }
        return messages;
    }

    private static Message readMessage(JsonParser parser, String name) {
        long offset = JsonValues.offset(parser);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new RowProblemException(
                    offset, name + " is " + JsonValues.describe(parser.currentToken()) + ", expected an object");
        }
        @Nullable Role role = null;
        @Nullable String content = null;
        long contentOffset = offset;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "role" -> role = role(parser, name);
                case "content" -> {
                    contentOffset = JsonValues.offset(parser);
                    content = JsonValues.text(parser, name + ".content");
                }
                default -> parser.skipChildren();
            }
        }
        if (role == null || content == null) {
            throw new RowProblemException(offset, name + " has no " + (role == null ? "role" : "content"));
        }
        if (role == Role.ASSISTANT && content.isBlank()) {
            throw new RowProblemException(contentOffset, name + ": the assistant's answer is empty");
        }
        return new Message(role, content);
    }

    private static Role role(JsonParser parser, String name) {
        String found = JsonValues.text(parser, name + ".role");
        for (Role role : Role.values()) {
            if (role.json().equals(found)) {
                return role;
            }
        }
        throw new RowProblemException(
                JsonValues.offset(parser),
                "%s.role is %s, expected one of %s".formatted(name, Quoted.of(found), ROLES));
    }
}
