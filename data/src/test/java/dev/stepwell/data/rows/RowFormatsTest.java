package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What rows of each format become.
class RowFormatsTest {
    private static final Message HI = new Message(Role.USER, "hi");
    private static final Message HELLO = new Message(Role.ASSISTANT, "hello");

    @Test
    void contentInPartsIsTheTextOfItsParts() {
        assertThat(RowFiles.row("""
                {"messages": [{"role": "user", "content": [{"type": "text", "text": "h", "image": null}, \
                {"value": "i", "type": "text"}]}, {"role": "assistant", "content": ["hel", "lo"]}]}""")).isEqualTo(new Row.Conversation(List.of(HI, HELLO)));
        assertThat(RowFiles.row("""
                {"messages": [{"role": "user", "content": []}, {"role": "assistant", "content": "hello"}]}""")).isEqualTo(new Row.Conversation(List.of(new Message(Role.USER, ""), HELLO)));
    }

    @Test
    void everyRoleHasItsNameInTemplates() {
        assertThat(RowFiles.row("""
                {"messages": [{"role": "developer", "content": "d"}, {"role": "function", "content": "f"}, \
                {"role": "ipython", "content": "i"}, {"role": "tool", "content": "t"}, \
                {"role": "assistant", "content": "hello"}]}"""))
                .isEqualTo(new Row.Conversation(List.of(
                        new Message(Role.DEVELOPER, "d"),
                        new Message(Role.TOOL, "f"),
                        new Message(Role.TOOL, "i"),
                        new Message(Role.TOOL, "t"),
                        HELLO)));
    }

    @Test
    void aMessageThatIsNotToBeLearntSaysSoInAnyOfThreeWays() {
        assertThat(RowFiles.row("""
                {"messages": [{"role": "user", "content": "hi", "loss_weight": 0.0, "weight": null}, \
                {"role": "assistant", "content": "hello", "weight": 0}, \
                {"role": "assistant", "content": "", "loss_weight": 0}, \
                {"train": false, "role": "assistant", "content": "hello"}, \
                {"role": "assistant", "content": "hello", "weight": 1, "train": true, "loss_weight": 1.0}]}"""))
                .isEqualTo(
                        new Row.Conversation(List.of(HI, unlearnt("hello"), unlearnt(""), unlearnt("hello"), HELLO)));
    }

    @Test
    void whatElseAMessageHasIsKeptInOrderAsPlainJson() {
        Row.Conversation row = (Row.Conversation) RowFiles.row("""
                {"messages": [{"z": 1, "role": "assistant", "a": [null, true, 1.5, 12345678901234567890, "x", {"k": -0}], \
                "content": "hello", "reasoning_content": "hm", "gone": null}]}""");
        Map<String, @Nullable Object> extra = row.messages().getFirst().extra();
        assertThat(extra.keySet()).containsExactly("z", "a", "reasoning_content");
        assertThat(extra)
                .containsEntry("z", 1L)
                .containsEntry("reasoning_content", "hm")
                .containsEntry(
                        "a",
                        Arrays.asList(null, true, 1.5, new BigInteger("12345678901234567890"), "x", Map.of("k", 0L)));
    }

    @Test
    void callsOfToolsHaveTheirArgumentsAsAnObject() {
        Object call = Map.of(
                "id",
                "1",
                "type",
                "function",
                "function",
                Map.of("name", "f", "arguments", Map.of("x", List.of(1L, Map.of("y", "z")))));
        assertThat(RowFiles.row("""
                {"messages": [{"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", \
                "function": {"name": "f", "arguments": "{\\"x\\": [1, {\\"y\\": \\"z\\"}]}"}}]}, \
                {"role": "tool", "tool_call_id": "1", "content": "7"}, \
                {"role": "assistant", "content": "seven", "tool_calls": null}], \
                "tools": [{"type": "function", "function": {"name": "f"}}]}"""))
                .isEqualTo(new Row.Conversation(
                        List.of(
                                new Message(Role.ASSISTANT, null, Map.of(Message.TOOL_CALLS, List.of(call)), true),
                                new Message(Role.TOOL, "7", Map.of("tool_call_id", "1"), false),
                                new Message(Role.ASSISTANT, "seven")),
                        List.of(Map.of("type", "function", "function", Map.of("name", "f")))));
    }

    @Test
    void argumentsThatAreNoObjectStayAsTheyAre() {
        assertThat(calls("""
                {"tool_calls": [{"function": {"name": "f", "arguments": ""}}, {"name": "g", "arguments": "[1]"}, \
                {"function": {"name": "h", "arguments": "not JSON"}}, {"function": {"name": "i"}}], \
                "role": "assistant"}"""))
                .isEqualTo(List.of(
                        Map.of("function", Map.of("name", "f", "arguments", Map.of())),
                        Map.of("name", "g", "arguments", "[1]"),
                        Map.of("function", Map.of("name", "h", "arguments", "not JSON")),
                        Map.of("function", Map.of("name", "i"))));
    }

    @Test
    void theFirstFormOfCallsIsKnownToo() {
        assertThat(calls("""
                {"role": "assistant", "content": null, "function_call": {"name": "f", "arguments": "{\\"a\\": 1}"}}"""))
                .isEqualTo(List.of(
                        Map.of("type", "function", "function", Map.of("name", "f", "arguments", Map.of("a", 1L)))));
        assertThat(((Row.Conversation) RowFiles.row("""
                        {"messages": [{"role": "assistant", "content": "hello"}], "functions": [{"name": "f"}]}""")).tools())
                .isEqualTo(List.of(Map.of("type", "function", "function", Map.of("name", "f"))));
    }

    @Test
    void ofAPromptAndACompletionInMessagesOnlyTheCompletionIsLearnt() {
        assertThat(RowFiles.row("""
                {"prompt": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}, \
                {"role": "user", "content": "hi"}], "completion": [{"role": "assistant", "content": "hello"}]}""")).isEqualTo(new Row.Conversation(List.of(HI, unlearnt("hello"), HI, HELLO)));
    }

    @Test
    void alpacaIsAConversationAfterItsHistory() {
        assertThat(RowFiles.row("{\"instruction\": \"h\", \"input\": \"i\", \"output\": \"hello\"}"))
                .isEqualTo(new Row.Conversation(List.of(new Message(Role.USER, "h\ni"), HELLO)));
        assertThat(RowFiles.row("{\"instruction\": \"hi\", \"input\": \"\", \"output\": \"hello<|endoftext|>\"}"))
                .isEqualTo(new Row.Conversation(List.of(HI, HELLO)));
        assertThat(RowFiles.row("{\"instruction\": \"\", \"input\": \"hi\", \"output\": \"hello\"}"))
                .isEqualTo(new Row.Conversation(List.of(HI, HELLO)));
        assertThat(RowFiles.row("""
                {"instruction": "hi", "input": null, "output": "hello", "text": "### hi ### hello", \
                "history": [["a", "b"], ["c", "d"]], "system": "s"}"""))
                .isEqualTo(new Row.Conversation(List.of(
                        new Message(Role.SYSTEM, "s"),
                        new Message(Role.USER, "a"),
                        new Message(Role.ASSISTANT, "b"),
                        new Message(Role.USER, "c"),
                        new Message(Role.ASSISTANT, "d"),
                        HI,
                        HELLO)));
    }

    @Test
    void shareGptHasItsOwnNamesForSpeakersAndCalls() {
        Object f = Map.of("type", "function", "function", Map.of("name", "f", "arguments", Map.of("a", 1L)));
        Object g = Map.of("type", "function", "function", Map.of("name", "g", "arguments", Map.of()));
        assertThat(RowFiles.row("""
                {"system": "s", "tools": "[{\\"name\\": \\"f\\", \\"parameters\\": {}}]", "conversations": [\
                {"from": "human", "value": "hi"}, \
                {"from": "function_call", "value": "{\\"name\\": \\"f\\", \\"arguments\\": {\\"a\\": 1}}"}, \
                {"from": "observation", "value": "{}"}, \
                {"from": "function_call", "value": [{"name": "f", "arguments": "{\\"a\\": 1}"}, \
                {"name": "g", "arguments": {}}]}, \
                {"from": "tool", "value": "x", "weight": 0}, {"role": "user", "content": "hi"}, \
                {"role": "assistant", "content": "hello", "weight": 0.0}, \
                {"from": "chatgpt", "value": "hello", "weight": null}]}"""))
                .isEqualTo(new Row.Conversation(
                        List.of(
                                new Message(Role.SYSTEM, "s"),
                                HI,
                                new Message(Role.ASSISTANT, null, Map.of(Message.TOOL_CALLS, List.of(f)), true),
                                new Message(Role.TOOL, "{}"),
                                new Message(Role.ASSISTANT, null, Map.of(Message.TOOL_CALLS, List.of(f, g)), true),
                                new Message(Role.TOOL, "x"),
                                HI,
                                unlearnt("hello"),
                                HELLO),
                        List.of(Map.of("type", "function", "function", Map.of("name", "f", "parameters", Map.of())))));
    }

    @Test
    void toolsMayBeWrittenInManyWays() {
        List<Object> wrapped = List.of(Map.of("type", "function", "function", Map.of("name", "f")));
        assertThat(tools("[{\"name\": \"f\"}]")).isEqualTo(wrapped);
        assertThat(tools("{\"type\": \"function\", \"name\": \"f\"}")).isEqualTo(wrapped);
        assertThat(tools("\"[{\\\"type\\\": \\\"function\\\", \\\"function\\\": {\\\"name\\\": \\\"f\\\"}}]\""))
                .isEqualTo(wrapped);
        assertThat(tools("\" \"")).isEmpty();
        assertThat(tools("\"[]\"")).isEmpty();
        assertThat(tools("null")).isEmpty();
        assertThat(tools("[{\"odd\": 1}]")).isEqualTo(List.of(Map.of("odd", 1L)));
    }

    @Test
    void aSystemTextThatIsTheFirstMessageAlreadyIsNotSaidTwice() {
        assertThat(RowFiles.row("""
                {"system": "s", "messages": [{"role": "system", "content": "s"}, {"role": "assistant", "content": "hello"}]}""")).isEqualTo(new Row.Conversation(List.of(new Message(Role.SYSTEM, "s"), HELLO)));
    }

    @Test
    void fieldsThatTheConfigurationNamesAreTakenForWhatItSays() {
        FieldMapping answered = new FieldMapping.QuestionAnswer(Optional.of("sys"), "q", "data.a");
        assertThat(RowFiles.row("{\"q\": \"hi\", \"data\": {\"b\": 1, \"a\": \"hello\"}, \"text\": \"x\"}", answered))
                .isEqualTo(new Row.Conversation(List.of(HI, HELLO)));
        assertThat(RowFiles.row("{\"q\": \"hi\", \"data.a\": \"hello\", \"sys\": \"s\"}", answered))
                .isEqualTo(new Row.Conversation(List.of(new Message(Role.SYSTEM, "s"), HI, HELLO)));
        assertThat(RowFiles.row(
                        "{\"prompt\": \"p\", \"response\": \"r\"}", new FieldMapping.Completion("prompt", "response")))
                .isEqualTo(new Row.PromptCompletion("p", "r"));
        assertThat(RowFiles.row("{\"body\": \"b\", \"messages\": 7}", new FieldMapping.Text("body")))
                .isEqualTo(new Row.PlainText("b"));
        for (String dialog : List.of(
                "[{\"role\": \"user\", \"content\": \"hi\"}, {\"role\": \"assistant\", \"content\": \"hello\"}]",
                "[{\"from\": \"human\", \"value\": \"hi\"}, {\"from\": \"gpt\", \"value\": \"hello\"}]")) {
            assertThat(RowFiles.row("{\"dialog\": %s}".formatted(dialog), new FieldMapping.Messages("dialog")))
                    .isEqualTo(new Row.Conversation(List.of(HI, HELLO)));
        }
        assertThat(RowFiles.row("{\"text\": \"usual\"}", answered)).isEqualTo(new Row.PlainText("usual"));
    }

    private static Message unlearnt(String content) {
        return new Message(Role.ASSISTANT, content, Map.of(), false);
    }

    private static Object calls(String message) {
        Row.Conversation row = (Row.Conversation) RowFiles.row("{\"messages\": [%s]}".formatted(message));
        return new ArrayList<>(row.messages().getFirst().extra().values()).getFirst();
    }

    private static List<Object> tools(String value) {
        return ((Row.Conversation)
                        RowFiles.row("{\"conversations\": [{\"from\": \"gpt\", \"value\": \"hello\"}], \"tools\": %s}"
                                .formatted(value)))
                .tools();
    }
}
