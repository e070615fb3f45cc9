package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.ValidationSet.Part;
import dev.stepwell.data.chat.TestRows;
import dev.stepwell.data.rows.FieldMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationFolderTest {
    @TempDir
    private Path directory;

    @Test
    void everyUsableRowIsAskedInTheOrderOfFilesAndLines() throws IOException {
        write("b.jsonl", row("b1"), "no JSON", row("b2"));
        write("a.json", row("a1"));
        write(".hidden.jsonl", row("no"));
        write("notes.txt", row("no"));

        assertThat(prompts(folder().parts())).containsExactly("a1", "b1", "b2");
    }

    @Test
    void aFolderThatIsNotThereHasNoRows() throws IOException {
        assertThat(new ValidationFolder(directory.resolve("none"), reader()).parts())
                .isEmpty();
    }

    @Test
    void whatHasChangedIsReadAgainAndWhatHasNotIsNot() throws IOException {
        write("a.jsonl", row("one"));
        ValidationFolder folder = folder();
        List<Part> first = folder.parts();
        assertThat(folder.parts()).isSameAs(first);
        write("a.jsonl", row("one"), row("two"));
        assertThat(prompts(folder.parts())).containsExactly("one", "two");
    }

    private ValidationFolder folder() {
        return new ValidationFolder(directory, reader());
    }

    private static JsonlDataReader reader() {
        return new JsonlDataReader(TestRows.tokenizer(128), FieldMapping.NONE);
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(directory.resolve(name), List.of(lines));
    }

    private static String row(String prompt) {
        return "{\"prompt\": \"%s\", \"completion\": \"yes\"}".formatted(prompt);
    }

    private static List<String> prompts(List<Part> parts) {
        return parts.stream()
                .flatMap(part -> part.rows().stream())
                .map(row -> Objects.requireNonNull(row.question()).prompt())
                .toList();
    }
}
