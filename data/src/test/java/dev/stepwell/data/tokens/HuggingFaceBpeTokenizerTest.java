package dev.stepwell.data.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceBpeTokenizerTest {
    private final HuggingFaceBpeTokenizer tokenizer = TestTokenizer.SHIPPED;

    @Provide
    Arbitrary<String> anyText() {
        Arbitrary<Integer> characters = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0x10FFFF),
                Arbitraries.of((int) '\n', (int) ' ', (int) '\u00A0', 0x1F389, 0x200D, 0x6F22, 0));
        return characters.list().ofMaxSize(60).map(list -> {
            StringBuilder text = new StringBuilder();
            list.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    @Property
    void decodingGivesBackAnyText(@ForAll("anyText") String text) {
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        assertThat(tokenizer.decode(tokenizer.encodePlain(List.of(text))[0])).isEqualTo(text);
    }

    @Test
    void nothingIsCutOrAdded() {
        String text = "na ".repeat(5_000);
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.encode(text)).hasSizeGreaterThanOrEqualTo(5_000);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void textsOfABatchAreNotPadded() {
        assertThat(tokenizer.encodePlain(List.of("a", "", "a b c d")))
                .isDeepEqualTo(new int[][] {tokenizer.encode("a"), {}, tokenizer.encode("a b c d")});
    }

    @Test
    void specialTokensWrittenOutAreTokensInRawTextAndCharactersInPlainText() {
        String text = "x<|im_end|><|endoftext|>";
        int end = tokenizer.special(SpecialTokens.IM_END);
        int endOfText = tokenizer.special(SpecialTokens.END_OF_TEXT);
        assertThat(tokenizer.encode(text)).endsWith(end, endOfText).hasSize(3);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo("x");
        int[] plain = tokenizer.encodePlain(List.of(text))[0];
        assertThat(plain).doesNotContain(end, endOfText);
        assertThat(tokenizer.decode(plain)).isEqualTo(text);
    }

    @Test
    void theSpecialTokensHaveTheFirstIds() {
        assertThat(SpecialTokens.ALL).extracting(tokenizer::special).containsExactly(0, 1, 2, 3);
        assertThat(tokenizer.padding()).isZero();
        assertThat(tokenizer.endOfTurn()).isEqualTo(3);
        assertThat(tokenizer.vocabSize()).isEqualTo(DefaultTokenizer.VOCAB_SIZE);
    }

    @Test
    void halfASurrogatePairIsRefusedBeforeItReachesNativeCode() {
        assertThatThrownBy(() -> tokenizer.encode("a\uD800b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("half a surrogate pair is no text: \"a?b\"");
    }

    @Test
    void aFileThatIsNoTokenizerIsNamed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("tokenizer.json");
        Files.writeString(file, "{\"model\": ");
        assertThatThrownBy(() -> HuggingFaceBpeTokenizer.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not JSON: not valid JSON: the line ends in the middle of it");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> HuggingFaceBpeTokenizer.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a BPE tokenizer: it has no model.vocab");
        Files.writeString(file, "{\"model\": {\"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> HuggingFaceBpeTokenizer.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokenizer_config.json beside it names no eos_token");
    }
}
