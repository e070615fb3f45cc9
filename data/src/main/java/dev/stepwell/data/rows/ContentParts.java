package dev.stepwell.data.rows;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Content that is a list of parts: `{"type": "text", "text": …}`, or with `"value"`, or simply a text.
///
/// The texts are put one after the other with nothing between them. So do chat templates that are given the parts
/// themselves (they write each where the one before ended), and who cuts a text into parts has its white space in them.
final class ContentParts {
    private ContentParts() {}

    /// The text of the list at which `parser` stands; leaves it at the list's end.
    ///
    /// @param what the list's name in messages
    /// @throws RowProblemException if a part is something else than text
    static String read(JsonParser parser, String what) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            String part = "%s[%d]".formatted(what, i);
            text.append(
                    parser.currentToken() == JsonToken.START_OBJECT
                            ? readPart(parser, part)
                            : JsonValues.text(parser, part));
        }
        return text.toString();
    }

    private static String readPart(JsonParser parser, String what) {
        long offset = JsonValues.offset(parser);
        @Nullable String type = null;
        @Nullable String text = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                continue; // Tables exported to JSON give each part the keys of all kinds.
            }
            switch (key) {
                case "type" -> {
                    type = JsonValues.text(parser, what + ".type");
                    if (!type.equals("text")) {
                        throw new RowProblemException(
                                JsonValues.offset(parser),
                                "%s.type is %s: this model reads text only".formatted(what, Quoted.of(type)));
                    }
                }
                case "text", "value" -> text = JsonValues.text(parser, "%s.%s".formatted(what, key));
                default -> parser.skipChildren();
            }
        }
        if (type == null || text == null) {
            throw new RowProblemException(offset, what + " has no " + (type == null ? "type" : "text"));
        }
        return text;
    }
}
