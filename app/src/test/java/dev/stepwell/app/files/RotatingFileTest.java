package dev.stepwell.app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsMovedAwayIsBegunAnew() throws IOException {
        Path path = folder.resolve("log");
        try (RotatingFile file = new RotatingFile(folder, path, 100, 1)) {
            file.append("old".getBytes(StandardCharsets.UTF_8));
            Files.move(path, folder.resolve("elsewhere"));
            file.append("new".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(folder.resolve("elsewhere")).hasContent("old");
        assertThat(path).hasContent("new");
    }

    @Test
    void aRotationThatFailedIsTriedAgainAndLosesNothing() throws IOException {
        Path path = folder.resolve("log");
        Path inTheWay = Files.createDirectories(folder.resolve("log.1/full"));
        try (RotatingFile file = new RotatingFile(folder, path, 4, 1)) {
            file.append("1234".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> file.append("5678".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IOException.class);
            assertThat(path).hasContent("1234");

            Files.delete(inTheWay);
            file.append("5678".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(folder.resolve("log.1")).hasContent("1234");
        assertThat(path).hasContent("5678");
    }
}
