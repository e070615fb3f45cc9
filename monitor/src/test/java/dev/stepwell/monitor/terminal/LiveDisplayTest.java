package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveDisplayTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void aTerminalIsDrawnOnAndGetsItsCursorBack() throws IOException {
        String shown = show("xterm", null);

        assertThat(shown)
                .startsWith(LiveArea.HIDE_CURSOR)
                .contains("Step 89/118", "\u001B[32m")
                .contains("a log line\n")
                .endsWith("\n" + LiveArea.SHOW_CURSOR);
    }

    @Test
    void noColourIsUsedWhereItIsNotWanted() throws IOException {
        assertThat(show("xterm", "1")).contains("Step 89/118").doesNotContain("\u001B[32m");
        assertThat(show("xterm", "")).contains("\u001B[32m");
    }

    @Test
    void aDumbTerminalGetsLinesAndNoEscapeCodes() throws IOException {
        assertThat(show(Terminal.TYPE_DUMB, null))
                .contains("Training: syllo_batch_autogen_06.jsonl, file 89/118 (75%)")
                .contains("a log line\n")
                .doesNotContain("\u001B");
    }

    private String show(String type, @Nullable String noColor) throws IOException {
        screen.reset();
        Terminal terminal = TerminalBuilder.builder()
                .system(false)
                .streams(new ByteArrayInputStream(new byte[0]), screen)
                .encoding(StandardCharsets.UTF_8)
                .type(type)
                .size(Size.of(80, 24))
                .build();
        try (var display = new LiveDisplay(Documents::training, () -> Documents.NOW, terminal, noColor)) {
            display.printAbove("a log line");
        }
        // JLine's terminal over streams makes every line feed a carriage return and a line feed, as a real one does.
        return screen.toString(StandardCharsets.UTF_8).replaceAll("\r+\n", "\n");
    }
}
