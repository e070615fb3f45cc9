package dev.stepwell.data.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.SharedData;
import dev.stepwell.data.jinja.Span;
import dev.stepwell.data.jinja.TemplateException;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.Message;
import dev.stepwell.data.rows.Role;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.rows.RowFile;
import dev.stepwell.data.tokens.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Held against a reference that never writes part of a conversation: each character of an answer is changed by itself,
/// and where the text changes with it is that character's place.
class WrittenTurnsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final List<String> CONTROLS = List.of(
            "<|im_end|>", "</s>", "<|eot_id|>", "<end_of_turn>", "<|end_of_text|>", "<|end|>", "<|end_of_turn|>");
    /// Characters of an answer that are tried at its beginning and at its end; of the rest, some.
    private static final int EDGE = 8;

    /// Templates that people use, with what they write around an answer.
    enum Known {
        ALPACA("alpaca", "### Response:\n", "</s>"),
        AMBERCHAT("amberchat", "###Assistant: ", "\n\n\n"),
        CHATML("chatml", "<|im_start|>assistant\n", "<|im_end|>"),
        CHATQA("chatqa", "Assistant: ", "\n\n"),
        FALCON("falcon-instruct", "Assistant: ", "\n\n"),
        GEMMA("gemma-it", "<start_of_turn>model\n", "<end_of_turn>"),
        GRANITE("granite-3.0-instruct", "<|start_of_role|>assistant<|end_of_role|>", "<|end_of_text|>"),
        LLAMA_2("llama-2-chat", "[/INST]\n", "</s>"),
        LLAMA_3("llama-3-instruct", "<|start_header_id|>assistant<|end_header_id|>\n\n", "<|eot_id|>"),
        MISTRAL("mistral-instruct", "[/INST]\n", "</s>"),
        OPENCHAT("openchat-3.5", "GPT4 Correct Assistant: ", "<|end_of_turn|>"),
        PHI_3_SMALL("phi-3-small", "<|assistant|>\n", "<|end|>"),
        PHI_3("phi-3", "<|assistant|>\n", "<|end|>"),
        QWEN("qwen2.5-instruct", "<|im_start|>assistant\n", "<|im_end|>"),
        SAIGA("saiga", "<s>bot\n", "</s>"),
        SMOLLM2("smollm2-instruct", "<|im_start|>assistant\n", "<|im_end|>"),
        SOLAR("solar-instruct", "### Assistant:\n", "\n\n\n\n"),
        VICUNA("vicuna", "ASSISTANT: ", "</s>"),
        ZEPHYR("zephyr", "<|assistant|>\n", "</s>");

        private final String file;
        private final String before;
        private final String end;

        Known(String file, String before, String end) {
            this.file = file;
            this.before = before;
            this.end = end;
        }

        ChatTemplate template() throws IOException {
            Path path = SharedData.folder("chat-templates").resolve(file + ".jinja");
            TokenizerConfig config = new TokenizerConfig(
                    Map.of("bos_token", "<s>", "eos_token", "</s>"),
                    Map.of(TokenizerConfig.DEFAULT_TEMPLATE, Files.readString(path)));
            return ChatTemplate.of(config, Map.of()).orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyAnswerOfRealConversationsIsWhereItsCharactersAre(Known known) throws IOException {
        ChatTemplate template = known.template();
        List<Path> files = new ArrayList<>(SharedData.jsonl("syllo"));
        for (String name : List.of("alpaca_en_demo.json", "glaive_toolcall_en_demo.json", "v1_sft_demo.jsonl")) {
            files.add(SharedData.folder("formats").resolve(name));
        }
        for (Path file : files) {
            int answers = 0;
            int row = 0;
            try (RowFile rows = RowFile.open(file, FieldMapping.NONE)) {
                for (FileRow next = rows.next(); next != null; next = rows.next()) {
                    // One in seven of the many: each is written some twenty times an answer.
                    if (row++ % 7 == 0
                            && next instanceof FileRow.Usable usable
                            && usable.row() instanceof Row.Conversation conversation) {
                        answers += compare(known, template, conversation);
                    }
                }
            }
            assertThat(answers).as("%s in %s", known, file).isPositive();
        }
    }

    @Provide
    Arbitrary<List<String>> turns() {
        Arbitrary<String> text = Arbitraries.of(
                        "x",
                        "the answer",
                        " ",
                        "\n",
                        "\n\n",
                        "é",
                        "漢字",
                        "🎉",
                        "assistant",
                        "###",
                        "user:",
                        "{\"a\": 1}")
                .list()
                .ofMinSize(0)
                .ofMaxSize(5)
                .map(parts -> "q" + String.join("", parts) + "z");
        return text.list().ofMinSize(2).ofMaxSize(7).filter(turns -> turns.size() % 2 == 0);
    }

    @Property(tries = 60)
    void everyAnswerOfAnyConversationIsWhereItsCharactersAre(
            @ForAll Known known, @ForAll("turns") List<String> turns, @ForAll boolean system, @ForAll boolean spaces)
            throws IOException {
        List<Message> messages = new ArrayList<>();
        if (system) {
            messages.add(new Message(Role.SYSTEM, "be brief"));
        }
        for (int i = 0; i < turns.size(); i++) {
            String content = spaces ? " \n" + turns.get(i) + "\n " : turns.get(i);
            messages.add(new Message(i % 2 == 0 ? Role.USER : Role.ASSISTANT, content));
        }
        compare(known, known.template(), new Row.Conversation(messages));
    }

    @Test
    void aCallOfAToolIsTheTurnInWhichItIsWritten() throws IOException {
        Object call = Map.of("type", "function", "function", Map.of("name", "add", "arguments", Map.of("a", 1L)));
        Row.Conversation conversation = new Row.Conversation(List.of(
                new Message(Role.USER, "1+1?"),
                new Message(Role.ASSISTANT, null, Map.of("tool_calls", List.of(call)), true),
                new Message(Role.TOOL, "2"),
                new Message(Role.ASSISTANT, "It is 2.")));
        WrittenTurns turns =
                new WrittenTurns(Known.QWEN.template(), conversation, CLOCK, text -> text.endsWith("<|im_end|>"));

        assertThat(written(turns, 1)).isEqualTo("""
                <tool_call>
                {"name": "add", "arguments": {"a": 1}}
                </tool_call><|im_end|>""");
        assertThat(written(turns, 3)).isEqualTo("It is 2.<|im_end|>");
    }

    private static String written(WrittenTurns turns, int index) {
        return turns.text().substring(turns.of(index).start(), turns.of(index).end());
    }

    /// @return answers compared; none if the template refuses the conversation
    private static int compare(Known known, ChatTemplate template, Row.Conversation conversation) {
        WrittenTurns turns;
        try {
            turns = new WrittenTurns(
                    template, conversation, CLOCK, text -> CONTROLS.stream().anyMatch(text::endsWith));
        } catch (TemplateException _) {
            return 0;
        }
        int answers = 0;
        for (int i = 0; i < conversation.messages().size(); i++) {
            Message message = conversation.messages().get(i);
            // Qwen's writes calls of tools in a form of its own, which has a test of its own.
            if (message.learnt() && (known != Known.QWEN || message.extra().isEmpty())) {
                Span expected = reference(known, template, conversation, i, turns.text());
                assertThat(turns.of(i))
                        .as("%s, message %d of %s", known, i, turns.text())
                        .isEqualTo(expected);
                answers++;
            }
        }
        return answers;
    }

    private static Span reference(
            Known known, ChatTemplate template, Row.Conversation conversation, int index, String text) {
        BitSet place = new BitSet();
        String content = SaidText.of(conversation.messages().get(index));
        int first = content.length() - content.stripLeading().length();
        int last = content.stripTrailing().length();
        for (int at = first; at < last; at = content.offsetByCodePoints(at, 1)) {
            boolean tried = at < first + EDGE || at >= last - EDGE || at % 97 == 0;
            if (tried && !Character.isWhitespace(content.codePointAt(at))) {
                mark(place, text, written(template, conversation, index, changed(content, at)));
            }
        }
        int begins = place.nextSetBit(0);
        int ends = place.length();
        int start = text.lastIndexOf(known.before, begins - known.before.length()) + known.before.length();
        int end = text.indexOf(known.end, ends) + known.end.length();
        assertThat(text.substring(start, begins)).isBlank();
        assertThat(text.substring(ends, end - known.end.length())).isBlank();
        return new Span(start, end);
    }

    private static String changed(String content, int at) {
        String other = content.codePointAt(at) == 'Ω' ? "Ψ" : "Ω";
        return content.substring(0, at) + other + content.substring(content.offsetByCodePoints(at, 1));
    }

    private static String written(ChatTemplate template, Row.Conversation conversation, int index, String content) {
        List<Message> messages = new ArrayList<>(conversation.messages());
        messages.set(index, new Message(Role.ASSISTANT, content));
        return template.render(messages, conversation.tools(), false, CLOCK).text();
    }

    /// Marks where `text` is another than `other`.
    private static void mark(BitSet place, String text, String other) {
        int start = 0;
        while (text.charAt(start) == other.charAt(start)) {
            start++;
        }
        int same = 0;
        while (text.charAt(text.length() - 1 - same) == other.charAt(other.length() - 1 - same)) {
            same++;
        }
        place.set(start, text.length() - same);
    }
}
