package dev.stepwell.data.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RowsDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "rows.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleOfTheDocumentationIsRead() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(examples).hasSize(5);
        for (String example : examples) {
            // What is indented goes on with the row above it.
            String lines = example.replaceAll("\n +", " ");
            assertThat(RowFiles.read(lines))
                    .as(example)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).isInstanceOf(FileRow.Usable.class));
            String list = "[" + example.strip().replaceAll("\n(?! )", ",\n") + "]";
            assertThat(RowFiles.read(list.getBytes(StandardCharsets.UTF_8), FieldMapping.NONE))
                    .as(list)
                    .hasSameSizeAs(RowFiles.read(lines))
                    .allSatisfy(row -> assertThat(row).isInstanceOf(FileRow.Usable.class));
        }
    }
}
