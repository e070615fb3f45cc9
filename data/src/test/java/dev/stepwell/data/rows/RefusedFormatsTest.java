package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows that are nearly right, each with the column of the fault and the reason. A caret stands where the fault is, and
/// is no part of the row; without one the line as a whole is at fault.
class RefusedFormatsTest {
    private static final FieldMapping ANSWERED = new FieldMapping.QuestionAnswer(Optional.of("sys"), "q", "data.a");

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments(
                        "[{'role': 'user', 'content': 'é🎉'}, {'role': ^'robot', 'content': 'x'}]",
                        "messages[1].role is \"robot\", expected one of system, developer, user, assistant, tool"),
                arguments(
                        "[{'role': 'user', 'content': [{'type': ^'image_url', 'image_url': {'url': 'x'}}]}]",
                        "messages[0].content[0].type is \"image_url\": this model reads text only"),
                arguments(
                        "[{'role': 'user', 'content': ['a', {'type': 'text', 'text': ^5}]}]",
                        "messages[0].content[1].text is a number, expected a text"),
                arguments("[{'role': 'user', 'content': [^{'text': 'a'}]}]", "messages[0].content[0] has no type"),
                arguments("[{'role': 'user', 'content': [^7]}]", "messages[0].content[0] is a number, expected a text"),
                arguments(
                        "[{'role': 'user', 'content': ^{'text': 'a'}}]",
                        "messages[0].content is an object, expected a text"),
                arguments(
                        "[{'role': 'assistant', 'content': ^[{'type': 'text', 'text': ' '}]}]",
                        "messages[0]: the assistant's answer is empty"),
                arguments(
                        "[{'role': 'assistant', 'content': 'a', 'weight': ^0.5}]",
                        "messages[0].weight is 0.5, expected 0 or 1: a message is learnt or not"),
                arguments(
                        "[{'role': 'assistant', 'content': 'a', 'loss_weight': ^'1'}]",
                        "messages[0].loss_weight is a text, expected a number"),
                arguments(
                        "[{'role': 'assistant', 'content': 'a', 'train': ^1}]",
                        "messages[0].train is a number, expected true or false"),
                arguments(
                        "[{'weight': ^1, 'role': 'user', 'content': 'a'}]",
                        "messages[0].weight says that the message is learnt, but only the assistant's are"),
                arguments(
                        "^[{'role': 'assistant', 'content': 'a', 'weight': 0}]",
                        "no message of the assistant's is learnt: there is nothing to learn"),
                arguments(
                        "[{'role': 'assistant', 'tool_calls': ^{'name': 'f'}}]",
                        "messages[0].tool_calls is not a list"),
                arguments(
                        "[{'role': 'assistant', 'tool_calls': ^['f']}]",
                        "messages[0].tool_calls is not a list of objects"),
                arguments("[^{'role': 'assistant', 'tool_calls': []}]", "messages[0] has no content"),
                arguments(
                        "[{'role': 'tool', 'content': ^null, 'tool_calls': [{}]}]",
                        "messages[0].content is null, expected a text"),
                arguments(
                        "[{'role': 'user', 'content': 'a', 'meta': [{'k': ^'\\ud800'}]}]",
                        "messages[0].meta contains half a surrogate pair (\\ud800 to \\udfff), which is no character"),
                arguments(
                        "[{'role': 'user', 'content': 'a', 'meta': {^'\\ud800': 1}}]",
                        "messages[0].meta contains half a surrogate pair (\\ud800 to \\udfff), which is no character"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void ofMessages(String list, String reason) {
        assertRefused("{'id': 1, 'messages': %s}".formatted(list), FieldMapping.NONE, reason);
    }

    static Stream<Arguments> shareGpt() {
        return Stream.of(
                arguments("'conversations': ^'a'", "\"conversations\" is a text, expected a list"),
                arguments("'conversations': ^[]", "\"conversations\" is an empty list"),
                arguments("'conversations': [^{'value': 'a'}]", "conversations[0] has no from"),
                arguments("'conversations': [^{'from': 'human'}]", "conversations[0] has no value"),
                arguments(
                        "'conversations': [{'from': ^'alice', 'value': 'a'}]",
                        "conversations[0].from is \"alice\", expected one of system, human, gpt, function_call, observation"),
                arguments(
                        "'conversations': [{'from': 'human', 'value': ^['a']}]",
                        "conversations[0].value is a list, expected a text"),
                arguments(
                        "'conversations': [{'from': 'function_call', 'value': ^'call f'}]",
                        "conversations[0].value is no call of a tool: not valid JSON: unrecognized token 'call'"),
                arguments(
                        "'conversations': [{'from': 'function_call', 'value': ^'{}'}]",
                        "conversations[0].value is no call of a tool: expected {\"name\": …, \"arguments\": {…}}"),
                arguments(
                        "'conversations': [{'from': 'function_call', 'value': ^'[]'}]",
                        "conversations[0].value is an empty list"),
                arguments(
                        "'conversations': [{'from': 'function_call', 'value': ^''}]",
                        "conversations[0].value is no call of a tool: it is empty"),
                arguments(
                        "'conversations': [{'from': 'gpt', 'value': 'a'}], 'tools': ^'none'",
                        "\"tools\" is a text that holds no JSON: not valid JSON: unrecognized token 'none'"),
                arguments(
                        "'conversations': [{'from': 'gpt', 'value': 'a'}], 'tools': ^['f']",
                        "\"tools\" is not a list of objects"),
                arguments(
                        "'conversations': [{'from': 'gpt', 'value': 'a'}], 'system': ^7",
                        "\"system\" is a number, expected a text"),
                arguments(
                        "'system': ^'a', 'conversations': [{'from': 'system', 'value': 'b'}, {'from': 'gpt', 'value': 'a'}]",
                        "\"system\" and the first message give different instructions: keep one of them"));
    }

    @ParameterizedTest
    @MethodSource("shareGpt")
    void ofShareGpt(String fields, String reason) {
        assertRefused("{%s}".formatted(fields), FieldMapping.NONE, reason);
    }

    static Stream<Arguments> alpaca() {
        return Stream.of(
                arguments("'instruction': 'a', 'output': ^' '", "the output is empty: there is nothing to learn"),
                arguments("'instruction': ^['a'], 'output': 'b'", "\"instruction\" is a list, expected a text"),
                arguments("'instruction': 'a', 'input': ^{}, 'output': 'b'", "\"input\" is an object, expected a text"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': ^'c'", "\"history\" is a text, expected a list"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': [['c', 'd'], ^'e']",
                        "history[1] is no pair: expected [question, answer]"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': [^['c']]",
                        "history[0] is no pair: expected [question, answer]"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': [^['c', 'd', 'e']]",
                        "history[0] is no pair: expected [question, answer]"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': [['c', ^null]]",
                        "history[0][1] is null, expected a text"),
                arguments(
                        "'instruction': 'a', 'output': 'b', 'history': [^['c', '']]",
                        "history[0]: the assistant's answer is empty"));
    }

    @ParameterizedTest
    @MethodSource("alpaca")
    void ofAlpaca(String fields, String reason) {
        assertRefused("{%s}".formatted(fields), FieldMapping.NONE, reason);
    }

    static Stream<Arguments> promptAndCompletion() {
        String user = "{'role': 'user', 'content': 'a'}";
        return Stream.of(
                arguments(
                        "'prompt': [%s], 'completion': ^'b'".formatted(user),
                        "the prompt is a list and the completion a text: both must be texts, or both lists of messages"),
                arguments(
                        "'prompt': ^'a', 'completion': [%s]".formatted(user),
                        "the prompt is a text and the completion a list: both must be texts, or both lists of messages"),
                arguments(
                        "'prompt': [%s], 'completion': ^[%s]".formatted(user, user),
                        "no message is the assistant's: there is nothing to learn"),
                arguments("'prompt': [%s], 'completion': ^[]".formatted(user), "\"completion\" is an empty list"),
                arguments(
                        "'prompt': [%s], 'completion': [^{'role': 'assistant'}]".formatted(user),
                        "completion[0] has no content"),
                arguments(
                        "'prompt': ^7, 'completion': [%s]".formatted(user), "\"prompt\" is a number, expected a text"));
    }

    @ParameterizedTest
    @MethodSource("promptAndCompletion")
    void ofPromptAndCompletion(String fields, String reason) {
        assertRefused("{%s}".formatted(fields), FieldMapping.NONE, reason);
    }

    static Stream<Arguments> mapped() {
        return Stream.of(
                arguments("'q': 'a', 'data': {'a': ^''}", "the data.a is empty: there is nothing to learn"),
                arguments("'q': ^[], 'data': {'a': 'b'}", "\"q\" is a list, expected a text"),
                arguments("'q': 'a', 'sys': ^1, 'data': {'a': 'b'}", "\"sys\" is a number, expected a text"),
                arguments(
                        "'q': 'a', 'data': {'b': 'b'}",
                        "no known shape: found \"q\", \"data\"; expected messages, prompt and completion, text, instruction"
                                + " and output, conversations, or \"q\" and \"data.a\", as \"fields\" in config.json names"
                                + " them"));
    }

    @ParameterizedTest
    @MethodSource("mapped")
    void ofFieldsThatTheConfigurationNames(String fields, String reason) {
        assertRefused("{%s}".formatted(fields), ANSWERED, reason);
    }

    static Stream<Arguments> unknown() {
        return Stream.of(
                arguments("'prompt': 'a', 'response': 'b'", "{\"user\": \"prompt\", \"assistant\": \"response\"}"),
                arguments(
                        "'instruction': 'a', 'response': 'b'",
                        "{\"user\": \"instruction\", \"assistant\": \"response\"}"),
                arguments("'input': 'a', 'output': 'b'", "{\"user\": \"input\", \"assistant\": \"output\"}"),
                arguments("'dialog': []", "{\"messages\": \"dialog\"}"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void ofNamesThatCanBeGuessedTheConfigurationIsProposed(String fields, String proposal) {
        assertThat(RowFiles.only("{%s}".formatted(fields).replace('\'', '"'), FieldMapping.NONE))
                .isInstanceOfSatisfying(
                        FileRow.Refused.class,
                        refused -> assertThat(refused.reason()).endsWith("in config.json: \"fields\": " + proposal));
    }

    private static void assertRefused(String marked, FieldMapping mapping, String reason) {
        String row = marked.replace('\'', '"');
        int caret = row.indexOf('^');
        int column = caret < 0 ? 0 : row.codePointCount(0, caret) + 1;
        assertThat(RowFiles.only(row.replace("^", ""), mapping)).isEqualTo(new FileRow.Refused(1, column, reason));
        String inList = "[\n\n  %s]".formatted(row.replace("^", ""));
        assertThat(RowFiles.read(inList.getBytes(StandardCharsets.UTF_8), mapping))
                .containsExactly(new FileRow.Refused(3, caret < 0 ? 3 : column + 2, reason));
    }
}
