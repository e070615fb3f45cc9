package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A shell in a terminal of 80 × 24 that tests can type into and look at.
final class Tmux implements AutoCloseable {
    /// What the shell says when it takes a line.
    static final String PROMPT = "ready>";

    private static final Path TMUX = Path.of("/usr/bin/tmux");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path socket;

    private Tmux(Path socket) {
        this.socket = socket;
    }

    /// Starts it in `folder`; without tmux the test is left out, and says so.
    static Tmux open(Path folder) throws Exception {
        assumeTrue(
                Files.isExecutable(TMUX),
                "no tmux at " + TMUX + ": tests in a terminal are left out. Install the package tmux.");
        Tmux tmux = new Tmux(folder.resolve("tmux"));
        String shell = "cd '%s' && exec env LC_ALL=C.UTF-8 PS1='%s ' bash --norc --noprofile".formatted(folder, PROMPT);
        tmux.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", shell);
        return tmux;
    }

    /// Types a line.
    void line(String text) throws Exception {
        tmux("send-keys", "-l", text);
        tmux("send-keys", "Enter");
    }

    void key(String key) throws Exception {
        tmux("send-keys", "-l", key);
    }

    /// Presses Ctrl and `letter`.
    void control(char letter) throws Exception {
        tmux("send-keys", "C-" + letter);
    }

    void resize(int columns, int rows) throws Exception {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    List<String> screen() throws Exception {
        return tmux("capture-pane", "-p").lines().toList();
    }

    /// Whether anything on the screen is painted, or heavier than the rest.
    boolean painted() throws Exception {
        return tmux("capture-pane", "-e", "-p").contains("\u001B[");
    }

    boolean cursorShown() throws Exception {
        return tmux("display-message", "-p", "#{cursor_flag}").strip().equals("1");
    }

    /// Returns when a line of the screen is as wanted.
    void await(String what, Predicate<String> line) throws Exception {
        awaitScreen(what, screen -> screen.stream().anyMatch(line));
    }

    /// Returns when the screen is as wanted.
    void awaitScreen(String what, Predicate<List<String>> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> seen = screen();
        while (!wanted.test(seen)) {
            assertThat(System.nanoTime() < deadline)
                    .as("%s within a minute; seen:%n%s", what, String.join("\n", seen))
                    .isTrue();
            LockSupport.parkNanos(PAUSE.toNanos());
            seen = screen();
        }
    }

    private String tmux(String... args) throws IOException, InterruptedException {
        Process process = start(args);
        String said = said(process);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(TMUX.toString(), "-u", "-S", socket.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("TMUX", "NO_COLOR"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        said(start("kill-server"));
    }
}
