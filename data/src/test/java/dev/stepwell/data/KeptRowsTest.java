package dev.stepwell.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.KeptRows.Kept;
import dev.stepwell.data.chat.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRowsTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasKeptIsThereAgainTokenForToken() throws IOException {
        KeptRows kept = new KeptRows(directory.resolve("kept"));
        assertThat(kept.files()).isEmpty();

        kept.keep(new Kept(12, "a \"b\"\n.jsonl", List.of(question("\ud83d\ude00 <b>"), text())));
        kept.keep(new Kept(3, "c.jsonl", List.of(text())));

        assertThat(kept.files()).containsExactly(3L, 12L);
        Kept read = kept.of(12);
        assertThat(read.name()).isEqualTo("a \"b\"\n.jsonl");
        assertThat(read.rows()).hasSize(2);
        assertThat(read.rows().getLast().question()).isNull();
        for (int i = 0; i < 2; i++) {
            assertSame(
                    read.rows().get(i),
                    List.of(question("\ud83d\ude00 <b>"), text()).get(i));
        }
    }

    @Test
    void whatWasKeptFirstStays() throws IOException {
        KeptRows kept = new KeptRows(directory);
        kept.keep(new Kept(1, "first.jsonl", List.of(text())));
        kept.keep(new Kept(1, "second.jsonl", List.of(text(), text())));
        assertThat(kept.of(1).name()).isEqualTo("first.jsonl");
    }

    @Test
    void whatIsReplacedIsGone() throws IOException {
        KeptRows kept = new KeptRows(directory);
        kept.replace(new Kept(1, "first.jsonl", List.of(text())));
        kept.replace(new Kept(1, "second.jsonl", List.of(text(), text())));
        assertThat(kept.of(1).name()).isEqualTo("second.jsonl");
        kept.replace(new Kept(1, "second.jsonl", List.of()));
        kept.replace(new Kept(2, "third.jsonl", List.of()));
        assertThat(kept.files()).isEmpty();
    }

    @Test
    void aDamagedFileIsNamedWithWhatCanBeDone() throws IOException {
        KeptRows kept = new KeptRows(directory);
        for (String damage : List.of(
                "{\"version\": 1, \"fi",
                "{\"version\": 1, \"file\": \"a\", \"rows\": [{\"ids\": [1, 2], \"targets\": [5]}]}",
                "{\"version\": 1}")) {
            Files.writeString(directory.resolve("1.json"), damage);
            assertThatThrownBy(() -> kept.of(1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1.json")
                    .hasMessageContaining("can be deleted");
        }
    }

    private static void assertSame(ExamRow one, ExamRow other) {
        assertThat(one.example().ids()).isEqualTo(other.example().ids());
        assertThat(one.example().targets()).isEqualTo(other.example().targets());
        PreviewRow expected = other.question();
        if (expected != null) {
            PreviewRow question = Objects.requireNonNull(one.question());
            assertThat(question.promptIds()).isEqualTo(expected.promptIds());
            assertThat(question.systemPrompt()).isEqualTo(expected.systemPrompt());
            assertThat(question.prompt()).isEqualTo(expected.prompt());
            assertThat(question.goldenAnswer()).isEqualTo(expected.goldenAnswer());
        }
    }

    private static ExamRow question(String prompt) {
        int[] ids = {5, 6, 7, 8, 1};
        return new ExamRow(
                new Example(ids, targets(3, 4)), new PreviewRow("be short", prompt, "8", Arrays.copyOf(ids, 3)));
    }

    private static ExamRow text() {
        return new ExamRow(new Example(new int[] {9, 8, 7}, targets(1, 2)), null);
    }

    private static BitSet targets(int... positions) {
        BitSet targets = new BitSet();
        Arrays.stream(positions).forEach(targets::set);
        return targets;
    }
}
