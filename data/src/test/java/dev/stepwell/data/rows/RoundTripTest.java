package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What is written in a format is read as the row that it was.
@SuppressWarnings("NullAway") // JSON has null, and jqwik's generators do not say so.
class RoundTripTest {
    private static final JsonMapper COMPACT = JsonMapper.builder().build();
    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final FieldMapping ANSWERED =
            new FieldMapping.QuestionAnswer(Optional.of("s"), "data.question", "data.answer");

    @Property(tries = 150)
    void messages(@ForAll("conversations") Row.Conversation row) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("id", 7);
        written.put(
                "messages", row.messages().stream().map(RoundTripTest::message).toList());
        written.put("tools", row.tools().isEmpty() ? null : row.tools());
        assertRead(written, row, FieldMapping.NONE);
        written.put("dialog", written.remove("messages"));
        assertRead(written, row, new FieldMapping.Messages("dialog"));
    }

    @Property(tries = 150)
    void promptAndCompletionInMessages(@ForAll("conversations") Row.Conversation row) {
        List<Message> prompt = new ArrayList<>();
        row.messages()
                .subList(0, row.lastAnswer())
                .forEach(m -> prompt.add(new Message(m.role(), m.content(), m.extra(), false)));
        List<Message> completion =
                row.messages().subList(row.lastAnswer(), row.messages().size());
        Map<String, Object> written = new LinkedHashMap<>();
        written.put(
                "completion", completion.stream().map(RoundTripTest::message).toList());
        written.put("prompt", prompt.stream().map(RoundTripTest::message).toList());
        written.put("tools", COMPACT.writeValueAsString(row.tools()));
        List<Message> all = Stream.concat(prompt.stream(), completion.stream()).toList();
        assertRead(written, new Row.Conversation(all, row.tools()), FieldMapping.NONE);
    }

    @Property(tries = 150)
    void shareGpt(@ForAll("plain") List<Message> messages, @ForAll("calls") List<Object> calls) {
        List<Message> all = new ArrayList<>(messages);
        all.add(new Message(Role.ASSISTANT, null, Map.of(Message.TOOL_CALLS, calls), true));
        List<Object> turns = new ArrayList<>();
        for (Message message : messages) {
            turns.add(Map.of("from", speaker(message.role()), "value", String.valueOf(message.content())));
        }
        List<@Nullable Object> bare = new ArrayList<>();
        calls.forEach(call -> bare.add(((Map<?, ?>) call).get("function")));
        turns.add(Map.of("from", "function_call", "value", COMPACT.writeValueAsString(bare)));
        assertRead(Map.of("conversations", turns), new Row.Conversation(all), FieldMapping.NONE);
    }

    @Property(tries = 150)
    void alpaca(
            @ForAll("turns") List<List<String>> history,
            @ForAll("texts") String instruction,
            @ForAll("texts") String input,
            @ForAll("answers") String output) {
        Map<String, Object> written = Map.of(
                "output", output + "<|endoftext|>", "history", history, "input", input, "instruction", instruction);
        List<Message> messages = new ArrayList<>();
        for (List<String> turn : history) {
            messages.add(new Message(Role.USER, turn.getFirst()));
            messages.add(new Message(Role.ASSISTANT, turn.getLast()));
        }
        String user = Stream.of(instruction, input)
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
        messages.add(new Message(Role.USER, user));
        messages.add(new Message(Role.ASSISTANT, output));
        assertRead(written, new Row.Conversation(messages), FieldMapping.NONE);
    }

    @Property(tries = 150)
    void textsAndPairsAndFieldsOfOtherNames(
            @ForAll("texts") String prompt, @ForAll("answers") String completion, @ForAll("json") Object other) {
        assertRead(
                Map.of("other", other, "prompt", prompt, "completion", completion),
                new Row.PromptCompletion(prompt, completion),
                FieldMapping.NONE);
        assertRead(Map.of("text", completion, "x", other), new Row.PlainText(completion), FieldMapping.NONE);
        List<Message> messages = new ArrayList<>();
        if (!prompt.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, prompt));
        }
        messages.add(new Message(Role.USER, prompt));
        messages.add(new Message(Role.ASSISTANT, completion));
        assertRead(
                Map.of("s", prompt, "data", Map.of("x", other, "question", prompt, "answer", completion)),
                new Row.Conversation(messages),
                ANSWERED);
    }

    private static void assertRead(Object written, Row row, FieldMapping mapping) {
        String line = COMPACT.writeValueAsString(written);
        assertThat(RowFiles.row(line, mapping)).isEqualTo(row);
        String list = INDENTED.writeValueAsString(List.of(written, written));
        assertThat(RowFiles.read(list.getBytes(StandardCharsets.UTF_8), mapping))
                .hasSize(2)
                .allSatisfy(read -> assertThat(read)
                        .isInstanceOfSatisfying(
                                FileRow.Usable.class,
                                usable -> assertThat(usable.row()).isEqualTo(row)));
    }

    private static Map<String, @Nullable Object> message(Message message) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>(message.extra());
        written.put("content", message.content());
        written.put("role", message.role().json());
        if (message.role() == Role.ASSISTANT && !message.learnt()) {
            written.put("weight", 0);
        }
        return written;
    }

    private static String speaker(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case DEVELOPER -> "developer";
            case USER -> "human";
            case ASSISTANT -> "gpt";
            case TOOL -> "observation";
        };
    }

    @Provide
    Arbitrary<Row.Conversation> conversations() {
        Arbitrary<Message> said = Combinators.combine(
                        Arbitraries.of(Role.values()), answers(), extras(), Arbitraries.of(true, false))
                .as((role, text, extra, learnt) -> new Message(role, text, extra, learnt && role == Role.ASSISTANT));
        Arbitrary<Message> called = calls().map(calls ->
                new Message(Role.ASSISTANT, null, Map.of("thinking", "hm", Message.TOOL_CALLS, calls), true));
        return Combinators.combine(Arbitraries.oneOf(said, called).list().ofMaxSize(5), answers(), tools())
                .as((before, answer, tools) -> {
                    List<Message> all = new ArrayList<>(before);
                    all.add(new Message(Role.ASSISTANT, answer));
                    return new Row.Conversation(all, tools);
                });
    }

    @Provide
    Arbitrary<List<Message>> plain() {
        return Combinators.combine(Arbitraries.of(Role.values()), answers())
                .as(Message::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<Object>> calls() {
        return Combinators.combine(answers(), objects())
                .<Object>as((name, arguments) ->
                        Map.of("type", "function", "function", Map.of("name", name, "arguments", arguments)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<List<Object>> tools() {
        return Combinators.combine(answers(), objects())
                .<Object>as((name, parameters) ->
                        Map.of("type", "function", "function", Map.of("name", name, "parameters", parameters)))
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<Map<String, @Nullable Object>> extras() {
        return Arbitraries.maps(Arbitraries.of("name", "tool_call_id", "reasoning_content", "x"), values(2))
                .ofMaxSize(2)
                .map(extra -> new LinkedHashMap<String, @Nullable Object>(extra));
    }

    @Provide
    Arbitrary<Object> json() {
        return values(2);
    }

    private static Arbitrary<Map<String, Object>> objects() {
        return Arbitraries.maps(texts(), values(1)).ofMaxSize(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(true, false, 0.5, -1e-300, 1e300, new BigInteger("9".repeat(40))));
        return depth == 0
                ? scalars
                : Arbitraries.oneOf(
                        scalars,
                        values(depth - 1).list().ofMaxSize(3).map(Collections::unmodifiableList),
                        Arbitraries.maps(texts(), values(depth - 1))
                                .ofMaxSize(3)
                                .map(Object.class::cast));
    }

    @Provide
    Arbitrary<List<List<String>>> turns() {
        return Combinators.combine(texts(), answers()).as(List::of).list().ofMaxSize(3);
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.of("", " ", "a", "é🎉", "\"\\", "]}{[", "\n\t", "漢字", "\u2028", "\u007f", "<|im_end|>x")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }

    @Provide
    static Arbitrary<String> answers() {
        return texts().map(text -> "a" + text + "z");
    }
}
