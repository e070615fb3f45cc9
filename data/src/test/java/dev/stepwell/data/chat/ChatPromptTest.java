package dev.stepwell.data.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.TestTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatPromptTest {
    @TempDir
    Path folder;

    private final ChatPrompt prompt = new ChatPrompt(TestTokenizer.SHIPPED, ChatTemplate.of(TestTokenizer.SHIPPED));

    @Provide
    Arbitrary<Row.Conversation> conversations() {
        return Rows.conversations();
    }

    @Property(tries = 200)
    void aConversationIsAskedInTheTokensWithWhichItsRowIsTrained(
            @ForAll("conversations") Row.Conversation conversation) {
        TokenizedRow.Usable trained = TestRows.tokenized(conversation, 10_000);
        int[] before = Arrays.copyOf(trained.example().ids(), trained.answerStart());
        assertThat(prompt.of(conversation.messages().subList(0, conversation.lastAnswer()), TestRows.CLOCK))
                .isEqualTo(before);
    }

    @Test
    void messagesAreReadAsRowsHaveThem() throws IOException {
        assertThat(ChatPrompt.read(file("""
                        [{"role": "system", "content": "be brief"}, {"content": "hi 🎉", "role": "user", "id": 7}]
                        """)))
                .containsExactly(
                        new Message(Role.SYSTEM, "be brief"), new Message(Role.USER, "hi 🎉", Map.of("id", 7L), false));
        assertThat(ChatPrompt.read(file("[]"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                    | is an object, expected a list",
                "[{\"role\": \"usr\", \"content\": \"\"}]  | messages[0].role is \"usr\", expected one of system",
                "[{\"role\": \"user\"}]                 | messages[0] has no content",
                "[] []                                 | something follows",
                "[{\"role\": \"user\",                  | is not JSON",
                "hello                                 | is not JSON",
            })
    void whatIsNoListOfMessagesIsRefusedWithTheFileAndTheFault(String content, String problem) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> ChatPrompt.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("m.json"), "[\"é\"]".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ChatPrompt.read(file)).hasMessageContaining("not UTF-8");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("m.json"), content);
    }
}
