package dev.stepwell.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    Path directory;

    @Test
    void a_write_replaces_the_whole_file_and_leaves_nothing_beside_it() throws IOException {
        Path file = directory.resolve("a.json");
        AtomicFiles.write(file, "a longer first version".getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(file, "second".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("second");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_write_that_fails_leaves_the_file_as_it_was() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "first");
        Files.createDirectories(directory.resolve(".a.json.tmp/in the way"));
        assertThatThrownBy(() -> AtomicFiles.write(file, new byte[1])).isInstanceOf(IOException.class);
        assertThat(file).hasContent("first");
    }

    @Test
    void a_move_across_file_systems_keeps_content_and_time() throws IOException {
        Path shared = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(shared) && !Files.getFileStore(shared).equals(Files.getFileStore(directory)),
                "no second file system here");
        Path far = Files.createTempFile(shared, "stepwell", ".jsonl");
        Instant written = Instant.parse("2025-11-11T00:00:00Z");
        Files.writeString(far, "row\n");
        Files.setLastModifiedTime(far, FileTime.from(written));
        Path near = directory.resolve("a.jsonl");
        AtomicFiles.moveAcross(far, near);
        assertThat(near).hasContent("row\n");
        assertThat(Files.getLastModifiedTime(near).toInstant()).isEqualTo(written);
        assertThat(far).doesNotExist();
    }

    @Test
    void a_move_of_nothing_says_so() {
        assertThatThrownBy(() -> AtomicFiles.moveAcross(directory.resolve("none"), directory.resolve("to")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
