package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.io.BaseDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxDropTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private BaseDirectory base;

    @SuppressWarnings("NullAway.Init")
    private InboxDrop drop;

    @BeforeEach
    void create() throws IOException {
        base = new BaseDirectory(folder.resolve("base"));
        base.create();
        drop = new InboxDrop(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "..",
                "../a.jsonl",
                "../../etc/a.json",
                "/a.jsonl",
                "b/a.jsonl",
                "..\\a.jsonl",
                ".a.jsonl",
                "a.txt",
                "a.jsonl.part",
                "a\0.jsonl",
                "a\n.jsonl"
            })
    void aNameThatIsNoneOfADataFileInTheInboxIsRefused(String name) {
        assertThat(InboxDrop.objection(name)).as(name).isPresent();
    }

    @Test
    void aNameThatIsTooLongForTheQueueIsRefused() {
        assertThat(InboxDrop.objection("x".repeat(195) + ".jsonl")).isPresent();
        assertThat(InboxDrop.objection("字".repeat(70) + ".jsonl")).isPresent();
        assertThat(InboxDrop.objection("字".repeat(60) + ".jsonl")).isEmpty();
        assertThat(InboxDrop.objection("übung 1 (2).jsonl")).isEmpty();
    }

    @Test
    void whatIsReceivedIsThereWholeAndReplacesNothing() throws Exception {
        Path first = drop.receive("a.jsonl", bytes("one\n"), Priority.NORMAL, 4);
        Path second = drop.receive("a.jsonl", bytes("two\n"), Priority.NORMAL, 4);
        Path urgent = drop.receive("a.jsonl", bytes("three\n"), Priority.HIGH, 100);

        assertThat(first).isEqualTo(base.inbox().resolve("a.jsonl")).hasContent("one\n");
        assertThat(second).isNotEqualTo(first).hasContent("two\n");
        assertThat(urgent).isEqualTo(base.inbox().resolve("high/a.jsonl")).hasContent("three\n");
    }

    @Test
    void nothingIsLeftOfWhatIsTooLargeOrWasCutOff() throws IOException {
        assertThatThrownBy(() -> drop.receive("a.jsonl", bytes("12345"), Priority.NORMAL, 4))
                .isInstanceOf(TooLargeException.class);
        PipedInputStream broken = new PipedInputStream();
        broken.close();
        assertThatThrownBy(() -> drop.receive("b.jsonl", broken, Priority.NORMAL, 4))
                .isInstanceOf(IOException.class);

        try (Stream<Path> left = Files.list(base.inbox())) {
            assertThat(left.toList()).isEqualTo(List.of());
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
