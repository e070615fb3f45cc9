package dev.stepwell.torch.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextStreamTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HuggingFaceBpeTokenizer tokenizer;

    @BeforeEach
    void open() throws IOException {
        tokenizer = HuggingFaceBpeTokenizer.open(DefaultTokenizer.install(folder));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Lima",
                " a blank before and after ",
                "🎉🇵🇪 👩‍👩‍👧 e\u0301 漢字 naïve\n\n\tfin",
                "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
                "ro-ke-mi",
                ""
            })
    void whatIsStreamedIsTheTextAndEachStretchIsOfWholeCharacters(String text) {
        List<String> stretches = streamed(tokenizer.encode(text));
        assertThat(String.join("", stretches)).isEqualTo(text);
        assertThat(stretches)
                .allSatisfy(stretch -> assertThat(stretch.codePoints())
                        .noneMatch(c -> c == 0xFFFD || Character.getType(c) == Character.SURROGATE));
    }

    @Test
    void aCharacterOfSeveralTokensComesWithTheLastOfThem() {
        TextStream stream = new TextStream(tokenizer);
        int[] ids = tokenizer.encode("🎉");
        assertThat(ids).hasSize(4);
        for (int i = 0; i < 3; i++) {
            assertThat(stream.add(ids[i])).isEmpty();
        }
        assertThat(stream.add(ids[3])).isEqualTo("🎉");
        assertThat(stream.finish()).isEmpty();
    }

    @Test
    void halfACharacterIsLeftOutWhereTheAnswerIsCutOffInIt() {
        TextStream stream = new TextStream(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int id : Arrays.copyOf(tokenizer.encode("ok🎉"), tokenizer.encode("ok🎉").length - 1)) {
            text.append(stream.add(id));
        }
        assertThat(text.append(stream.finish()).toString()).isEqualTo("ok");
    }

    @Test
    void tokensInAnyOrderStreamWhatTheyDecodeToWithoutReplacementMarks() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            // Mostly single bytes: few of them make a character.
            int[] ids = random.ints(40, 4, round % 2 == 0 ? 260 : tokenizer.vocabSize())
                    .toArray();
            assertThat(String.join("", streamed(ids)))
                    .isEqualTo(tokenizer.decode(ids).replace("\uFFFD", ""));
        }
    }

    private List<String> streamed(int[] ids) {
        TextStream stream = new TextStream(tokenizer);
        List<String> stretches = new ArrayList<>();
        for (int id : ids) {
            stretches.add(stream.add(id));
        }
        stretches.add(stream.finish());
        return stretches;
    }
}
