package dev.stepwell.data.rows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What has been found of a message so far. Its keys come in any order, so what they mean together is only known at
/// its end.
final class MessageDraft {
    private final String list;
    private final int index;
    private final Dialect dialect;
    private final JsonTree tree;
    private final long offset;
    private final Map<String, @Nullable Object> extra = new LinkedHashMap<>();
    private @Nullable String speaker;
    private @Nullable Role role;
    private @Nullable String content;
    /// JSON that stands where a text is usual.
    private @Nullable Object contentTree;
    private long contentOffset;
    private String contentKey;
    private @Nullable JsonToken contentToken;
    /// The key that says that the message is learnt, if there is one.
    private @Nullable String learntBy;
    private long learntOffset;
    private boolean passedOver;

    private MessageDraft(String list, int index, Dialect dialect, JsonTree tree, long offset) {
        this.list = list;
        this.index = index;
        this.dialect = dialect;
        this.tree = tree;
        this.offset = offset;
        contentOffset = offset;
        contentKey = dialect.content();
    }

    /// The message at which `parser` stands; leaves it at the object's end.
    ///
    /// @param list  the name of the list in which it is
    /// @param index its place in it, from 0
    /// @param tree  of the row
    /// @throws RowProblemException if it is none
    static Message read(JsonParser parser, String list, int index, Dialect dialect, JsonTree tree) {
        long offset = JsonValues.offset(parser);
        MessageDraft draft = new MessageDraft(list, index, dialect, tree, offset);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new RowProblemException(
                    offset,
                    draft.name() + " is " + JsonValues.describe(parser.currentToken()) + ", expected an object");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            draft.accept(key, parser);
        }
        return draft.toMessage();
    }

    private void accept(String key, JsonParser parser) {
        if (dialect.isContent(key)) {
            acceptContent(key, parser);
        } else if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return; // As if it were not there: tables exported to JSON give every message the keys of all.
        } else if (dialect.isRole(key)) {
            acceptRole(key, parser);
        } else {
            switch (key) {
                case "weight", "loss_weight" -> weigh(key, parser);
                case "train" -> learn(key, parser, truth(key, parser));
                case Message.TOOL_CALLS -> {
                    long at = JsonValues.offset(parser);
                    String what = of(key);
                    List<Object> calls = ToolCalls.normalized(tree.read(parser, what), at, what);
                    if (!calls.isEmpty()) {
                        extra.put(key, calls);
                    }
                }
                default -> extra.put(key, tree.read(parser, of(Quoted.brief(key))));
            }
        }
    }

    private void acceptContent(String key, JsonParser parser) {
        contentKey = key;
        contentOffset = JsonValues.offset(parser);
        contentToken = parser.currentToken();
        switch (contentToken) {
            case VALUE_NULL -> {}
            case VALUE_STRING -> content = JsonValues.text(parser, () -> of(key));
            case START_OBJECT, START_ARRAY -> {
                if (dialect == Dialect.MESSAGES && contentToken == JsonToken.START_ARRAY) {
                    content = ContentParts.read(parser, of(key));
                } else {
                    contentTree = tree.read(parser, of(key));
                }
            }
            default -> throw noText();
        }
    }

    private RowProblemException noText() {
        return new RowProblemException(
                contentOffset,
                "%s is %s, expected a text".formatted(of(contentKey), JsonValues.describe(contentToken)));
    }

    private void acceptRole(String key, JsonParser parser) {
        speaker = JsonValues.text(parser, () -> of(key));
        role = dialect.role(speaker)
                .orElseThrow(() -> new RowProblemException(
                        JsonValues.offset(parser),
                        "%s is %s, expected one of %s"
                                .formatted(of(key), Quoted.of(Objects.requireNonNull(speaker)), dialect.roles())));
    }

    private void weigh(String key, JsonParser parser) {
        double weight = JsonValues.number(parser, of(key));
        if (weight != 0 && weight != 1) {
            throw new RowProblemException(
                    JsonValues.offset(parser),
                    "%s is %s, expected 0 or 1: a message is learnt or not".formatted(of(key), weight));
        }
        learn(key, parser, weight == 1);
    }

    private boolean truth(String key, JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case null, default ->
                throw new RowProblemException(
                        JsonValues.offset(parser),
                        "%s is %s, expected true or false"
                                .formatted(of(key), JsonValues.describe(parser.currentToken())));
        };
    }

    private void learn(String key, JsonParser parser, boolean learnt) {
        if (learnt) {
            learntBy = key;
            learntOffset = JsonValues.offset(parser);
        } else {
            passedOver = true;
        }
    }

    private String name() {
        return list + "[" + index + "]";
    }

    private String of(String key) {
        return name() + "." + key;
    }

    private Message toMessage() {
        if (role == null) {
            throw new RowProblemException(offset, "%s has no %s".formatted(name(), dialect.role()));
        }
        if (learntBy != null && role != Role.ASSISTANT) {
            throw new RowProblemException(
                    learntOffset,
                    "%s says that the message is learnt, but only the assistant's are".formatted(of(learntBy)));
        }
        takeCalls(role);
        boolean calls = role == Role.ASSISTANT && extra.containsKey(Message.TOOL_CALLS);
        if (content == null && !calls) {
            throw contentToken == null
                    ? new RowProblemException(offset, "%s has no %s".formatted(name(), contentKey))
                    : noText();
        }
        boolean learnt = role == Role.ASSISTANT && !passedOver;
        if (learnt && !calls && content != null && content.isBlank()) {
            throw new RowProblemException(contentOffset, name() + ": the assistant's answer is empty");
        }
        return new Message(role, content, extra, learnt);
    }

    /// Calls of tools that do not stand under `tool_calls`: ShareGPT's, which are said, and those of OpenAI's first
    /// form, `function_call`.
    private void takeCalls(Role speaking) {
        if (speaker != null && dialect.callsTools(speaker) && (content != null || contentTree != null)) {
            extra.put(Message.TOOL_CALLS, ToolCalls.ofBare(said(), contentOffset, of(contentKey)));
            content = null;
        } else if (contentTree != null) {
            throw noText();
        }
        if (speaking == Role.ASSISTANT
                && !extra.containsKey(Message.TOOL_CALLS)
                && extra.get("function_call") instanceof Map<?, ?> call) {
            extra.remove("function_call");
            extra.put(Message.TOOL_CALLS, ToolCalls.ofBare(call, offset, of("function_call")));
        }
    }

    private @Nullable Object said() {
        if (content == null) {
            return contentTree;
        }
        return switch (RowJson.read(content, of(contentKey))) {
            case RowJson.Written.Value(Object value) -> value;
            case RowJson.Written.Not(String reason) ->
                throw new RowProblemException(
                        contentOffset, "%s is no call of a tool: %s".formatted(of(contentKey), reason));
        };
    }
}
