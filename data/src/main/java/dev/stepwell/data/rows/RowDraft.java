package dev.stepwell.data.rows;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What has been found of a row so far. Which shape it has is only known at the object's end.
final class RowDraft {
    private static final Set<String> LEADING =
            Set.of("messages", "prompt", "completion", "text", "instruction", "output", "conversations");

    private final RowFields fields;
    private final Map<String, Field> found = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final JsonTree tree = new JsonTree();
    private @Nullable String nullKey;

    RowDraft(RowFields fields) {
        this.fields = fields;
    }

    /// Takes the property at whose name `parser` stands, and leaves it at the end of its value.
    void accept(JsonParser parser) {
        accept("", parser);
    }

    private void accept(String prefix, JsonParser parser) {
        String key = parser.currentName();
        String name = prefix.isEmpty() ? key : prefix + key;
        JsonToken token = parser.nextToken();
        RowFields.Kind kind = fields.kind(name);
        if (token == JsonToken.VALUE_NULL) {
            if (nullKey == null && LEADING.contains(name)) {
                nullKey = name;
            }
            return;
        }
        if (prefix.isEmpty()) {
            keys.add(name);
        }
        if (kind != null) {
            found.put(name, FieldReader.read(name, kind, parser, tree));
        } else if (token == JsonToken.START_OBJECT && fields.leadsIn(name)) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                accept(name + ".", parser);
            }
        } else {
            parser.skipChildren();
        }
    }

    /// The row.
    ///
    /// @throws RowProblemException if it is none of the shapes, more than one, or has no answer
    ParsedRow toRow() {
        Shape shape = shape();
        return new ParsedRow.Usable(shape, row(shape));
    }

    private Shape shape() {
        List<String> mapped = fields.mapping().required();
        if (!mapped.isEmpty() && found.keySet().containsAll(mapped)) {
            return Shape.MAPPED;
        }
        EnumSet<Shape> shapes = EnumSet.noneOf(Shape.class);
        add(shapes, Shape.MESSAGES, found.containsKey("messages"));
        add(shapes, Shape.PROMPT_COMPLETION, found.containsKey("prompt") && found.containsKey("completion"));
        add(shapes, Shape.ALPACA, found.containsKey("instruction") && found.containsKey("output"));
        add(shapes, Shape.SHAREGPT, found.containsKey("conversations"));
        // Alpaca's own file has the same row once more as one text.
        add(shapes, Shape.TEXT, found.containsKey("text") && !shapes.contains(Shape.ALPACA));
        if (shapes.isEmpty()) {
            throw new RowProblemException(-1, new NoShape(keys, nullKey, fields.mapping()).reason());
        }
        if (shapes.size() > 1) {
            throw new RowProblemException(
                    -1,
                    "the row has more than one shape: keep either %s; or say which under \"fields\" in config.json"
                            .formatted(String.join(
                                    ", or ", shapes.stream().map(Shape::keys).toList())));
        }
        return shapes.iterator().next();
    }

    private static void add(Set<Shape> shapes, Shape shape, boolean is) {
        if (is) {
            shapes.add(shape);
        }
    }

    private Row row(Shape shape) {
        return switch (shape) {
            case MESSAGES -> conversation("messages");
            case SHAREGPT -> conversation("conversations");
            case TEXT -> new Row.PlainText(learnable("text"));
            case PROMPT_COMPLETION -> promptCompletion();
            case ALPACA -> alpaca();
            case MAPPED -> mapped();
        };
    }

    private Row mapped() {
        return switch (fields.mapping()) {
            case FieldMapping.None _ -> throw new IllegalStateException("mapped by nothing");
            case FieldMapping.Messages(String messages) -> conversation(messages);
            case FieldMapping.Text(String text) -> new Row.PlainText(learnable(text));
            case FieldMapping.Completion(String prompt, String completion) ->
                new Row.PromptCompletion(text(prompt), learnable(completion));
            case FieldMapping.QuestionAnswer answered -> {
                List<Message> messages = new ArrayList<>();
                answered.system()
                        .filter(name -> found.containsKey(name) && !text(name).isEmpty())
                        .ifPresent(name -> messages.add(new Message(Role.SYSTEM, text(name))));
                messages.add(new Message(Role.USER, text(answered.user())));
                messages.add(new Message(Role.ASSISTANT, learnable(answered.assistant())));
                yield new Row.Conversation(messages, tools());
            }
        };
    }

    private Row promptCompletion() {
        Field prompt = field("prompt");
        Field completion = field("completion");
        if (!(prompt instanceof Field.Turns) && !(completion instanceof Field.Turns)) {
            String learnable = learnable("completion");
            return new Row.PromptCompletion(text("prompt"), learnable);
        }
        if (prompt instanceof Field.Text || completion instanceof Field.Text) {
            boolean listFirst = prompt instanceof Field.Turns;
            throw new RowProblemException(
                    (listFirst ? completion : prompt).offset(),
                    "the prompt is %s and the completion %s: both must be texts, or both lists of messages"
                            .formatted(listFirst ? "a list" : "a text", listFirst ? "a text" : "a list"));
        }
        List<Message> messages = new ArrayList<>();
        for (Message message : prompt.messages("prompt")) {
            messages.add(new Message(message.role(), message.content(), message.extra(), false));
        }
        messages.addAll(completion.messages("completion"));
        return conversation(messages, "completion");
    }

    private Row alpaca() {
        String output = learnable("output");
        List<Message> messages = new ArrayList<>();
        if (found.containsKey("history")) {
            messages.addAll(field("history").messages("history"));
        }
        String instruction = text("instruction");
        String input = found.containsKey("input") ? text("input") : "";
        String joint = instruction.isEmpty() || input.isEmpty() ? "" : "\n";
        messages.add(new Message(Role.USER, instruction + joint + input));
        messages.add(new Message(Role.ASSISTANT, output));
        return conversation(messages, "output");
    }

    private Row conversation(String name) {
        return conversation(field(name).messages(name), name);
    }

    /// @param name of the field in which what is learnt should be
    private Row conversation(List<Message> messages, String name) {
        if (messages.stream().noneMatch(Message::learnt)) {
            String reason =
                    field(name) instanceof Field.Turns turns && turns.messages().isEmpty()
                            ? Quoted.of(name) + " is an empty list"
                            : messages.stream().anyMatch(message -> message.role() == Role.ASSISTANT)
                                    ? "no message of the assistant's is learnt: there is nothing to learn"
                                    : "no message is the assistant's: there is nothing to learn";
            throw new RowProblemException(field(name).offset(), reason);
        }
        return new Row.Conversation(withSystem(messages), tools());
    }

    /// The messages after what stands beside them under `system`.
    private List<Message> withSystem(List<Message> messages) {
        String system = found.containsKey("system") ? text("system") : "";
        if (system.isEmpty()) {
            return messages;
        }
        Role first = messages.getFirst().role();
        if (first != Role.SYSTEM && first != Role.DEVELOPER) {
            List<Message> all = new ArrayList<>(messages.size() + 1);
            all.add(new Message(Role.SYSTEM, system));
            all.addAll(messages);
            return all;
        }
        if (!system.equals(messages.getFirst().content())) {
            throw new RowProblemException(
                    field("system").offset(),
                    "\"system\" and the first message give different instructions: keep one of them");
        }
        return messages;
    }

    private List<Object> tools() {
        Field tools = found.containsKey("tools") ? found.get("tools") : found.get("functions");
        return tools == null ? List.of() : tools.tools();
    }

    private Field field(String name) {
        Field field = found.get(name);
        if (field == null) {
            throw new IllegalStateException("the row has no " + name);
        }
        return field;
    }

    private String text(String name) {
        return field(name).text(name);
    }

    private String learnable(String name) {
        Field field = field(name);
        String text = EndMarks.strip(field.text(name));
        if (text.isBlank()) {
            throw new RowProblemException(
                    field.offset(), "the %s is empty: there is nothing to learn".formatted(Quoted.brief(name)));
        }
        return text;
    }
}
