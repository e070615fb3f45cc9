package dev.stepwell.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AppendFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileGoesOnWhereItEndedInFoldersThatAreMade() throws IOException {
        Path path = folder.resolve("a/b/log");
        try (AppendFile file = AppendFile.open(folder, path)) {
            file.append(bytes("one "));
            file.append(bytes("two "));
        }
        try (AppendFile file = AppendFile.open(folder, path)) {
            file.append(bytes("three"));
            assertThat(file.size()).isEqualTo(13);
        }
        assertThat(path).hasContent("one two three");
    }

    @Test
    void nothingIsMadeWhereTheRootIsGone() {
        Path gone = folder.resolve("unmounted");
        assertThatThrownBy(() -> AppendFile.open(gone, gone.resolve("logs/log")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(gone).doesNotExist();
    }

    @Test
    void aFileThatSomebodyElseEmptiedGoesOnAtItsNewEnd() throws IOException {
        Path path = folder.resolve("log");
        try (AppendFile file = AppendFile.open(folder, path)) {
            file.append(bytes("before"));
            Files.write(path, new byte[0]);
            file.append(bytes("after"));
        }
        assertThat(path).hasContent("after");
    }

    /// The limit of a process on the size of files is hit in the middle of a record, as the end of a disk is.
    @Test
    @EnabledOnOs(OS.LINUX)
    void ofARecordThatDoesNotFitNothingStaysAndTheNextOneStandsBehindTheLastWholeOne() throws Exception {
        Path path = folder.resolve("log");
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process filler = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 64; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        java,
                        System.getProperty("java.class.path"),
                        FillingMain.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(filler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(filler.waitFor()).as(said).isZero();
        assertThat(Files.readAllLines(path))
                .containsExactlyElementsOf(List.of("x".repeat(9_999), "y".repeat(9_999), "small"));
    }

    @Test
    void halfALineOfAKilledProcessIsTakenAway() throws IOException {
        Path path = folder.resolve("log.jsonl");
        AppendFile.dropTornLine(path);
        assertThat(path).doesNotExist();

        assertThat(mended("{\"a\":1}\n{\"b\":")).isEqualTo("{\"a\":1}\n");
        assertThat(mended("{\"a\":1}\n")).isEqualTo("{\"a\":1}\n");
        assertThat(mended("{\"a\":")).isEmpty();
        assertThat(mended("")).isEmpty();
        String whole = "1\n" + "2".repeat(70_000) + "\n";
        assertThat(mended(whole + "3".repeat(200_000))).isEqualTo(whole);
    }

    private String mended(String content) throws IOException {
        Path path = folder.resolve("torn");
        Files.writeString(path, content);
        AppendFile.dropTornLine(path);
        return Files.readString(path);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
