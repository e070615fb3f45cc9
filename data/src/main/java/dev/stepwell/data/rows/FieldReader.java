package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the value of one field of a row.
final class FieldReader {
    private FieldReader() {}

    /// The value at which `parser` stands, which is not null; leaves it at the value's end.
    ///
    /// @param tree of the row
    static Field read(String name, RowFields.Kind kind, JsonParser parser, JsonTree tree) {
        long offset = JsonValues.offset(parser);
        int depth = parser.streamReadContext().getNestingDepth()
                - (parser.currentToken().isStructStart() ? 1 : 0);
        try {
            return switch (kind) {
                case TEXT -> text(offset, name, parser);
                case TEXT_OR_MESSAGES ->
                    parser.currentToken() == JsonToken.START_ARRAY
                            ? new Field.Turns(offset, MessagesReader.read(parser, name, Dialect.MESSAGES, tree))
                            : text(offset, name, parser);
                case MESSAGES -> new Field.Turns(offset, MessagesReader.read(parser, name, Dialect.MESSAGES, tree));
                case CONVERSATIONS ->
                    new Field.Turns(offset, MessagesReader.read(parser, name, Dialect.SHAREGPT, tree));
                case HISTORY -> new Field.Turns(offset, history(parser));
                case TOOLS -> {
                    String what = Quoted.of(name);
                    yield new Field.Tools(offset, ToolCalls.tools(tree.read(parser, what), offset, what));
                }
            };
        } catch (RowProblemException problem) {
            JsonValues.leave(parser, depth);
            return new Field.Faulty(offset, problem);
        }
    }

    private static Field text(long offset, String name, JsonParser parser) {
        return new Field.Text(offset, JsonValues.text(parser, () -> Quoted.of(name)));
    }

    /// Alpaca's earlier turns, `[[question, answer], …]`.
    private static List<Message> history(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.START_ARRAY) {
            throw new RowProblemException(
                    JsonValues.offset(parser),
                    "\"history\" is %s, expected a list".formatted(JsonValues.describe(token)));
        }
        List<Message> turns = new ArrayList<>();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            String what = "history[%d]".formatted(i);
            long offset = JsonValues.offset(parser);
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw noPair(offset, what);
            }
            List<String> pair = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (pair.size() == 2) {
                    throw noPair(offset, what);
                }
                pair.add(JsonValues.text(parser, "%s[%d]".formatted(what, pair.size())));
            }
            if (pair.size() != 2) {
                throw noPair(offset, what);
            }
            if (pair.getLast().isBlank()) {
                throw new RowProblemException(offset, what + ": the assistant's answer is empty");
            }
            turns.add(new Message(Role.USER, pair.getFirst()));
            turns.add(new Message(Role.ASSISTANT, pair.getLast()));
        }
        return turns;
    }

    private static RowProblemException noPair(long offset, String what) {
        return new RowProblemException(offset, what + " is no pair: expected [question, answer]");
    }
}
