package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RowParserTest {
    private static final String FOLLOWS = "something follows the object: one JSON object a line is expected";

    static Stream<Arguments> refusedLines() {
        return Stream.of(
                arguments("", 0, "empty line"),
                arguments("  \t ", 0, "empty line"),
                arguments("hello", 1, "not valid JSON: unrecognized token 'hello'"),
                arguments("\"text\"", 1, "expected one JSON object a line, found a text"),
                arguments("  42", 3, "expected one JSON object a line, found a number"),
                arguments("null", 1, "expected one JSON object a line, found null"),
                arguments("true", 1, "expected one JSON object a line, found true or false"),
                arguments("{}", 0, "the object is empty"),
                arguments("{\"text\": \"a\"", 13, "not valid JSON: the line ends in the middle of it"),
                arguments("{\"text\": \"a", 12, "not valid JSON: the line ends in the middle of it"),
                arguments("{\"text\": \"a\"} {\"text\": \"b\"}", 15, FOLLOWS),
                arguments("{\"text\": \"a\"}, ", 14, FOLLOWS),
                arguments("{\"text\": \"a\"} trailing", 15, FOLLOWS),
                arguments(
                        "{\"text\": \"a\",}",
                        14,
                        "not valid JSON: unexpected character ('}'): was expecting double-quote to start property name"),
                arguments(
                        "{text: \"a\"}",
                        2,
                        "not valid JSON: unexpected character ('t'): was expecting double-quote to start property name"),
                arguments(
                        "{'text': 'a'}",
                        2,
                        "not valid JSON: unexpected character ('''): was expecting double-quote to start property name"),
                arguments("{\"text\": NaN}", 13, "not valid JSON: non-standard token 'NaN'"),
                arguments("{\"text\": \"a\\x\"}", 13, "not valid JSON: unrecognized character escape 'x'"),
                arguments(
                        "{\"text\": \"a\tb\"}",
                        12,
                        "not valid JSON: illegal unquoted character: has to be escaped using backslash to be included in string value"),
                arguments("{\"text\": \"a\", \"text\": \"b\"}", 15, "the key \"text\" occurs twice in one object"),
                arguments(
                        "{\"text\": \"a\", \"meta\": {\"k\": 1, \"k\": 2}}",
                        32,
                        "the key \"k\" occurs twice in one object"),
                arguments(
                        "{\"text\": \"half \\ud800 pair\"}",
                        10,
                        "\"text\" contains half a surrogate pair (\\ud800 to \\udfff), which is no character"),
                arguments(
                        "{\"text\": \"\\udc00\\ud800\"}",
                        10,
                        "\"text\" contains half a surrogate pair (\\ud800 to \\udfff), which is no character"),
                arguments("{\"text\": 5}", 10, "\"text\" is a number, expected a text"),
                arguments("{\"text\": null}", 0, "\"text\" is null"),
                arguments("{\"text\": \" \\n \"}", 10, "the text is empty: there is nothing to learn"),
                arguments("{\"text\": {\"a\": []}}", 10, "\"text\" is an object, expected a text"),
                arguments("{\"prompt\": \"a\"}", 0, "the row has a prompt but no completion"),
                arguments("{\"completion\": \"a\"}", 0, "the row has a completion but no prompt"),
                arguments(
                        "{\"prompt\": \"é🎉\", \"completion\": \"\"}",
                        32,
                        "the completion is empty: there is nothing to learn"),
                arguments(
                        "{\"prompt\": \"a\", \"completion\": \"<|endoftext|>\"}",
                        31,
                        "the completion is empty: there is nothing to learn"),
                arguments(
                        "{\"prompt\": [{\"role\": \"user\"}], \"completion\": \"x\"}", 13, "prompt[0] has no content"),
                arguments(
                        "{\"prompt\": \"a\", \"completion\": false}",
                        31,
                        "\"completion\" is true or false, expected a text"),
                arguments("{\"messages\": \"hi\"}", 14, "\"messages\" is a text, expected a list"),
                arguments("{\"messages\": []}", 14, "\"messages\" is an empty list"),
                arguments("{\"messages\": [\"hi\"]}", 15, "messages[0] is a text, expected an object"),
                arguments("{\"messages\": [{\"role\": \"user\"}]}", 15, "messages[0] has no content"),
                arguments("{\"messages\": [{\"content\": \"x\"}]}", 15, "messages[0] has no role"),
                arguments(
                        "{\"messages\": [{\"role\": \"human\", \"content\": \"x\"}]}",
                        24,
                        "messages[0].role is \"human\", expected one of system, developer, user, assistant, tool"),
                arguments(
                        "{\"messages\": [{\"role\": 1, \"content\": \"x\"}]}",
                        24,
                        "messages[0].role is a number, expected a text"),
                arguments(
                        "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]}",
                        44,
                        "messages[0].content[0] has no text"),
                arguments(
                        "{\"messages\": [{\"role\": \"assistant\", \"content\": null}]}",
                        48,
                        "messages[0].content is null, expected a text"),
                arguments(
                        "{\"messages\": [{\"role\": \"assistant\", \"content\": \" \"}]}",
                        48,
                        "messages[0]: the assistant's answer is empty"),
                arguments(
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}",
                        14,
                        "no message is the assistant's: there is nothing to learn"),
                arguments(
                        "{\"text\": \"a\", \"prompt\": \"b\", \"completion\": \"c\"}",
                        0,
                        "the row has more than one shape: keep either prompt and completion, or text; or say which under \"fields\" in config.json"),
                arguments(
                        "{\"question\": 1, \"answer\": 2}",
                        0,
                        "no known shape: found \"question\", \"answer\"; name them in config.json: \"fields\": {\"user\": \"question\", \"assistant\": \"answer\"}"),
                arguments(
                        "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1}",
                        0,
                        "no known shape: found \"a\", \"b\", \"c\", \"d\", \"e\" and 2 more; expected messages, prompt and completion, text, instruction and output, conversations, or what \"fields\" in config.json names"),
                arguments(
                        "{\"an\\u001b[31m endless and quite dangerous key\": 1}",
                        0,
                        "no known shape: found \"an?[31m endless and quit…\"; expected messages, prompt and completion, text, instruction and output, conversations, or what \"fields\" in config.json names"),
                arguments("{\"text\": " + "[".repeat(5_000), 209, "nested deeper than 200 levels"));
    }

    @ParameterizedTest
    @MethodSource("refusedLines")
    void aBadLineIsRefusedWithItsColumnAndReason(String line, int column, String reason) {
        assertThat(RowFiles.only(line, FieldMapping.NONE)).isEqualTo(new FileRow.Refused(1, column, reason));
    }

    @Test
    void messagesBecomeAConversation() {
        String line = """
                {"id": 7, "messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hi", \
                "name": "Ann"}, {"role": "assistant", "content": "\\ud83c\\udf89"}, {"content": "", "role": "tool"}], "tags": [{}]}""";
        assertThat(RowFiles.row(line))
                .isEqualTo(new Row.Conversation(List.of(
                        new Message(Role.SYSTEM, "be brief"),
                        new Message(Role.USER, "hi", Map.of("name", "Ann"), false),
                        new Message(Role.ASSISTANT, "🎉"),
                        new Message(Role.TOOL, ""))));
    }

    @Test
    void endMarksOfOtherToolsAreNoPartOfAnAnswer() {
        assertThat(RowFiles.row("{\"prompt\": \"p\\n\", \"completion\": \" yes <|im_end|><|endoftext|>\\n\"}"))
                .isEqualTo(new Row.PromptCompletion("p\n", " yes "));
        assertThat(RowFiles.row("{\"prompt\": \"\", \"completion\": \"a <|endoftext|> b \"}"))
                .isEqualTo(new Row.PromptCompletion("", "a <|endoftext|> b "));
    }

    @Test
    void aKeyLongerThanAnyoneNeedsIsRefused() {
        assertThat(RowFiles.only("{\"" + "k".repeat(100_000) + "\": 1}", FieldMapping.NONE))
                .isInstanceOfSatisfying(
                        FileRow.Refused.class,
                        refused ->
                                assertThat(refused.reason()).isEqualTo("not valid JSON: a key or number is too long"));
    }

    @Test
    void columnsAreRightFarIntoALongLine() {
        String prompt = "é🎉".repeat(100_000);
        assertThat(RowFiles.only("{\"prompt\": \"" + prompt + "\", \"completion\": 1}", FieldMapping.NONE))
                .isEqualTo(new FileRow.Refused(1, 200_030, "\"completion\" is a number, expected a text"));
    }

    @Test
    void keysThatAreNullCountAsAbsent() {
        assertThat(RowFiles.row("{\"messages\": null, \"prompt\": null, \"text\": \"a\"}"))
                .isEqualTo(new Row.PlainText("a"));
    }

    @Test
    void anUnneededFieldMayHoldAnything() {
        assertThat(RowFiles.row("{\"prompt\": [1, {\"a\": 2}], \"history\": [[[{}]], 1], \"tools\": 7,"
                        + " \"text\": \"a\", \"score\": 1e999999}"))
                .isEqualTo(new Row.PlainText("a"));
    }

    @Test
    void aRowThatIsSmallInTheFileAndHugeInMemoryIsRefused() {
        String lists = "[],".repeat(1_000_000);
        String row = "{\"messages\": [{\"role\": \"assistant\", \"content\": \"a\", \"x\": [%s 1]}]}".formatted(lists);
        assertThat(RowFiles.read((row + "\n{}").getBytes(StandardCharsets.UTF_8), 1 << 24, FieldMapping.NONE))
                .first()
                .isInstanceOfSatisfying(
                        FileRow.Refused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo("messages[0].x: the row has more than 1,000,000 values in it"));
    }

    @Property
    void noLineThrowsAndEveryReasonFitsOnALine(@ForAll String line, @ForAll Container container) {
        RowParser parser = new RowParser(container, FieldMapping.NONE);
        if (parser.parse("{\"text\": " + line) instanceof ParsedRow.Refused(int offset, String reason, boolean _)) {
            assertThat(reason).isNotBlank().doesNotContainPattern("\\p{Cntrl}").hasSizeLessThan(300);
            assertThat(offset).isBetween(-1, line.length() + 10);
        }
    }
}
