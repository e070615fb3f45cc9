package dev.stepwell.data.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DefaultTokenizerTest {
    @Test
    void bothFilesAreInstalledAndNothingElse(@TempDir Path directory) throws IOException {
        Path model = directory.resolve("model");
        assertThat(DefaultTokenizer.install(model)).isEqualTo(model.resolve("tokenizer.json"));
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("tokenizer.json", "tokenizer_config.json");
        }
    }

    @Test
    void aTokenizerThatIsThereStays(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("tokenizer.json");
        Files.writeString(file, "mine");
        DefaultTokenizer.install(directory);
        assertThat(file).hasContent("mine");
    }

    @Test
    void theConfigurationNamesTheControlTokens(@TempDir Path directory) throws IOException {
        DefaultTokenizer.install(directory);
        var config = JsonMapper.shared().readTree(Files.readString(directory.resolve("tokenizer_config.json")));
        assertThat(config.path("eos_token").asString()).isEqualTo(SpecialTokens.IM_END);
        assertThat(config.path("pad_token").asString()).isEqualTo(SpecialTokens.PAD);
        assertThat(config.path("chat_template").asString()).contains("<|im_start|>assistant\\n");
    }
}
