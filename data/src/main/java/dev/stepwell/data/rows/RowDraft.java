package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What has been found of a row so far. Which shape it has is only known at the object's end, so a fault in a value
/// is an error only if the value turns out to be needed.
final class RowDraft {
    private static final int KEYS_SHOWN = 5;

    private final Map<String, Field> known = new LinkedHashMap<>();
    private final List<String> nullKeys = new ArrayList<>();
    private final List<String> otherKeys = new ArrayList<>();
    private @Nullable List<Message> messages;
    private long messagesOffset;

    /// A value that should be a text.
    private sealed interface Field {
        record Read(long offset, String text) implements Field {}

        record Faulty(RowProblemException problem) implements Field {}

        /// @throws RowProblemException if it is no text
        default Read required() {
            return switch (this) {
                case Read read -> read;
                case Faulty(RowProblemException problem) -> throw problem;
            };
        }
    }

    /// Takes the value at which `parser` stands, and leaves it at that value's end.
    void accept(String key, JsonParser parser) {
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        switch (key) {
            case "messages", "prompt", "completion", "text" -> {
                if (isNull) {
                    nullKeys.add(key);
                } else if (key.equals("messages")) {
                    messagesOffset = JsonValues.offset(parser);
                    messages = MessagesReader.read(parser);
                } else {
                    known.put(key, readField(key, parser));
                }
            }
            default -> {
                otherKeys.add(key);
                parser.skipChildren();
            }
        }
    }

    private static Field readField(String key, JsonParser parser) {
        long offset = JsonValues.offset(parser);
        try {
            return new Field.Read(offset, JsonValues.text(parser, Quoted.of(key)));
        } catch (RowProblemException problem) {
            parser.skipChildren();
            return new Field.Faulty(problem);
        }
    }

    /// @throws RowProblemException if it is none of the shapes, more than one, or has no answer
    Row toRow() {
        Field prompt = known.get("prompt");
        Field completion = known.get("completion");
        Field text = known.get("text");
        boolean isPair = prompt != null && completion != null;
        if ((messages != null ? 1 : 0) + (isPair ? 1 : 0) + (text != null ? 1 : 0) > 1) {
            throw new RowProblemException(
                    -1, "the row has more than one shape: keep either messages, or prompt and completion, or text");
        }
        if (messages != null) {
            return conversation(messages);
        }
        if (prompt != null && completion != null) {
            String answer = learnable(completion.required(), "completion");
            return new Row.PromptCompletion(prompt.required().text(), answer);
        }
        if (text != null) {
            return new Row.PlainText(learnable(text.required(), "text"));
        }
        throw new RowProblemException(-1, noShape(prompt != null, completion != null));
    }

    private Row conversation(List<Message> turns) {
        if (turns.stream().noneMatch(turn -> turn.role() == Role.ASSISTANT)) {
            throw new RowProblemException(
                    messagesOffset,
                    turns.isEmpty()
                            ? "\"messages\" is an empty list"
                            : "no message is the assistant's: there is nothing to learn");
        }
        return new Row.Conversation(turns);
    }

    private static String learnable(Field.Read field, String name) {
        String text = EndMarks.strip(field.text());
        if (text.isBlank()) {
            throw new RowProblemException(field.offset(), "the %s is empty: there is nothing to learn".formatted(name));
        }
        return text;
    }

    private String noShape(boolean hasPrompt, boolean hasCompletion) {
        if (hasPrompt) {
            return "the row has a prompt but no completion";
        }
        if (hasCompletion) {
            return "the row has a completion but no prompt";
        }
        if (!nullKeys.isEmpty()) {
            return Quoted.of(nullKeys.getFirst()) + " is null";
        }
        if (otherKeys.isEmpty()) {
            return "the object is empty";
        }
        String shown = otherKeys.stream().limit(KEYS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
        int more = otherKeys.size() - KEYS_SHOWN;
        return "no known shape: found %s%s; expected messages, or prompt and completion, or text"
                .formatted(shown, more > 0 ? " and %d more".formatted(more) : "");
    }
}
