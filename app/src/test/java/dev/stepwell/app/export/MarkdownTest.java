package dev.stepwell.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.Preview;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MarkdownTest {
    /// How TensorBoard's renderer finds fenced code, after it has dropped and replaced characters.
    private static final Pattern FENCED = Pattern.compile(
            "^(?<fence>(?:~{3,}|`{3,}))[ ]*\\n(?<code>.*?)(?<=\\n)\\k<fence>[ ]*$", Pattern.MULTILINE | Pattern.DOTALL);

    @Example
    void aPreviewIsAPageOfItsTexts() {
        assertThat(Markdown.of(new Preview(7, "Be brief.", "2+2?", "4", "five", false)))
                .isEqualTo("""
                        **System**

                        ```
                        Be brief.
                        ```

                        **Prompt**

                        ```
                        2+2?
                        ```

                        **Golden answer**

                        ```
                        4
                        ```

                        **Model's answer: not that**

                        ```
                        five
                        ```

                        """);
        assertThat(Markdown.of(new Preview(7, null, "2+2?", "4", "4", true)))
                .doesNotContain("System")
                .contains("**Model's answer: right**");
    }

    @Example
    void aTextIsCutWhereItIsTooLong() {
        assertThat(Markdown.file("x".repeat(5_000), "words"))
                .contains("\n" + "x".repeat(4_000) + "… [cut, 5000 characters in all]\n");
        assertThat(Markdown.file("x".repeat(3_999) + "\uD83D\uDE00", "words"))
                .as("half a pair is not written")
                .contains("x\\ud83d… [cut");
    }

    @Property(tries = 2_000)
    void noTextGetsOutOfItsFence(@ForAll("texts") String text) {
        String page = rendered(Markdown.file(text, "The end."));

        Matcher code = FENCED.matcher(page);
        assertThat(code.find()).isTrue();
        assertThat(code.start()).isZero();
        assertThat(page.substring(code.end())).isEqualTo("\n\nThe end.\n");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(List.of(
                        "`",
                        "``",
                        "```",
                        "~~~",
                        "\n",
                        "\r\n",
                        "\r",
                        "\u0002",
                        "\u0003",
                        " ",
                        "<img src=x>",
                        "a",
                        "\uD800",
                        "\u2028",
                        "    ",
                        "```\n"))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    /// As `markdown.preprocessors.NormalizeWhitespace` does.
    private static String rendered(String source) {
        return source.replace("\u0002", "")
                .replace("\u0003", "")
                .replace("\r\n", "\n")
                .replace("\r", "\n");
    }
}
