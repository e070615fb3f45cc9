package dev.stepwell.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the words of `generate` ask for.
class GenerateCommandTest {
    private final RecordedLine line = new RecordedLine();

    @Test
    void it_is_greedy_unless_told_otherwise_and_reads_what_is_piped(@TempDir Path folder) {
        String base = folder.resolve("base").toString();
        assertThat(line.execute("generate", "--base-dir", base, "Hi")).isZero();
        Operations.GenerateRequest greedy = (Operations.GenerateRequest) line.operations.asked.getFirst();
        assertThat(greedy.question().prompt()).contains("Hi");
        assertThat(greedy.sampling().temperature()).isZero();
        assertThat(greedy.sampling().maxTokens()).isEqualTo(512);
        assertThat(greedy.checkpoint()).isEmpty();

        line.typed = "piped\n\n";
        assertThat(line.execute("generate", "--base-dir", base, "--top-p=0.9", "--top-k=5", "--seed=3", "--system=s"))
                .isZero();
        Operations.GenerateRequest drawn = (Operations.GenerateRequest) line.operations.asked.get(1);
        assertThat(drawn.question().prompt()).contains("piped");
        assertThat(drawn.question().system()).contains("s");
        assertThat(drawn.sampling()).isEqualTo(new Operations.Sampling(1, 5, 0.9, 3, 512));

        line.terminal = true;
        assertThat(line.execute("generate", "--base-dir", base)).isZero();
        assertThat(((Operations.GenerateRequest) line.operations.asked.get(2))
                        .question()
                        .prompt())
                .isEmpty();
        assertThat(folder.resolve("base")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    generate --temperature -1 x      | --temperature -1.0 is out of range; allowed: 0 to 100
                    generate --top-p 0 x             | --top-p 0.0 is out of range; allowed: above 0, up to 1
                    generate --top-p 1.5 x           | --top-p 1.5 is out of range; allowed: above 0, up to 1
                    generate --top-k -1 x            | --top-k -1 is out of range; allowed: 0 and above
                    generate --max-tokens 0 x        | --max-tokens 0 is out of range; allowed: 1 and above
                    generate --temperature hot x     | 'hot' is not a number
                    generate --raw --system s x      | --raw takes the PROMPT as it stands: leave out --system and --messages
                    generate -                       | the prompt is empty
                    generate                         | the prompt is empty
                    generate --checkpont 3 x         | did you mean --checkpoint?
                    """)
    void what_it_cannot_do_is_a_usage_error(String words, String message) {
        assertThat(line.execute(words.split(" ", -1))).isEqualTo(2);
        assertThat(line.err.toString().lines()).singleElement().asString().contains(message);
        assertThat(line.operations.asked).isEmpty();
    }
}
