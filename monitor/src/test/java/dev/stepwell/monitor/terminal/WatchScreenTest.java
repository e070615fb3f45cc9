package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.status.StatusReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On a terminal of streams; on a real one, `watch` is tested as a whole.
class WatchScreenTest {
    private static final String LEFT = "\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l";
    private static final Sight TRAINING = new Sight(
            new StatusReading.Present(Documents.training()), new Contact.Kept(), Duration.ZERO, List.of(), null);

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PipedOutputStream person = new PipedOutputStream();

    @SuppressWarnings("NullAway.Init")
    private Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    private Attributes before;

    @BeforeEach
    void open() throws IOException {
        terminal = TerminalBuilder.builder()
                .system(false)
                .streams(new PipedInputStream(person), screen)
                .encoding(StandardCharsets.UTF_8)
                .type("xterm")
                .size(Size.of(80, 24))
                .build();
        before = terminal.getAttributes();
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    @Test
    void quittingGivesTheTerminalBack() throws Exception {
        type("q");
        run(new SeenBefore(List.of(TRAINING)));
        assertGivenBack();
    }

    @Test
    void whatFailsWhileDrawingIsToldWhenTheTerminalIsGivenBack() {
        Watched unnameable = new SeenBefore(List.of(TRAINING)) {
            @Override
            public String place() {
                throw new IllegalStateException("it has no name");
            }
        };
        assertThatThrownBy(() -> run(unnameable)).hasMessage("it has no name");
        assertGivenBack();
    }

    @Test
    void whatFailsWhileLookingIsToldWhenTheTerminalIsGivenBack() {
        assertThatThrownBy(() -> run(new SeenBefore(List.of(TRAINING), () -> {
                    throw new IllegalStateException("blind");
                })))
                .hasMessage("blind");
        assertThatThrownBy(() -> run(new SeenBefore(List.of(TRAINING), () -> {
                    throw new StackOverflowError("blinder");
                })))
                .hasMessage("blinder");
        assertGivenBack();
    }

    @Test
    void whatFailsWhileAskingIsToldWhenTheTerminalIsGivenBack() {
        assertThatThrownBy(() -> run(new SeenBefore(List.of(TRAINING), () -> type("xy"))))
                .hasMessage("nobody can be asked to stop");
        assertGivenBack();
    }

    private void type(String keys) {
        try {
            person.write(keys.getBytes(StandardCharsets.US_ASCII));
            person.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Watched watched) throws Exception {
        new WatchScreen(watched, () -> Documents.NOW, terminal, new Style(true, true)).run();
    }

    private void assertGivenBack() {
        assertThat(screen.toString(StandardCharsets.UTF_8)).endsWith(LEFT);
        assertThat(terminal.getAttributes().toString()).isEqualTo(before.toString());
    }
}
