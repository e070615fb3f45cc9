package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `watch` in a real terminal, against a daemon that trains.
class WatchInTmuxTest {
    private static final int STEPS = 20_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Process daemon = new ProcessBuilder("unstarted").command("true").start();

    WatchInTmuxTest() throws IOException {}

    @AfterEach
    void end() throws InterruptedException {
        daemon.destroyForcibly().waitFor();
    }

    @Test
    void aTrainingIsSeenInEverySizeAndPausedAndTheScreenIsGivenBack() throws Exception {
        Workshop workshop = training();
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop);
            tmux.await("three bars", line -> line.matches(" +[━░]+ +\\d+%  step \\d+/" + STEPS));
            tmux.await("the queue", line -> line.matches(" Queue +[━░]+ .*file 1/2"));
            tmux.await("the files that wait", line -> line.matches(" Next +two\\.jsonl"));
            tmux.await("the machine", line -> line.matches(" Machine processors \\d+% · memory .* · disk .* free.*"));
            assertThat(tmux.screen().getLast()).isEqualTo(" p pause  s skip  x stop  q quit");

            tmux.resize(140, 40);
            tmux.awaitScreen(
                    "a wide picture",
                    screen -> screen.size() == 40
                            && screen.getFirst().length() > 100
                            && screen.getLast().startsWith(" p pause"));
            tmux.resize(40, 12);
            tmux.awaitScreen(
                    "a small picture",
                    screen -> screen.size() == 12
                            && screen.getFirst().startsWith(" Training")
                            && screen.getLast().startsWith(" p pause"));
            tmux.resize(80, 24);

            tmux.key("p");
            tmux.await("a question", line -> line.contains("Pause the training? (y/n)"));
            tmux.key("n");
            tmux.awaitScreen("no question", screen -> screen.stream().noneMatch(l -> l.contains("(y/n)")));
            assertThat(workshop.status().get("status").asString()).isEqualTo("training");
            tmux.key("p");
            tmux.await("a question", line -> line.contains("Pause the training? (y/n)"));
            tmux.key("y");
            tmux.await("the answer", line -> line.startsWith(" Paused at step "));
            tmux.await("the state", line -> line.startsWith(" Paused: one.jsonl"));
            tmux.await("the keys", line -> line.equals(" r resume  s skip  x stop  q quit"));

            tmux.key("q");
            assertGivenBack(tmux, 0);
        }
    }

    @Test
    void everySignalThatEndsAProcessGivesTheScreenBackFirst() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        try (Tmux tmux = Tmux.open(folder)) {
            for (Signal signal : List.of(new Signal("HUP", 129), new Signal("INT", 130), new Signal("TERM", 143))) {
                begin(tmux, workshop);
                tmux.await("the state", line -> line.startsWith(" Never started"));
                assertThat(tmux.screen().getLast()).isEqualTo(" q quit");
                send(signal.name(), pid());
                assertGivenBack(tmux, signal.exitCode());
            }
        }
    }

    private record Signal(String name, int exitCode) {}

    @Test
    void aStoppedWatchLeavesTheShellItsScreenAndComesBackToItsOwn() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop);
            tmux.await("the state", line -> line.startsWith(" Never started"));
            tmux.control('z');
            assertGivenBack(tmux, 128 + 20); // What the shell says of a job that was stopped by SIGTSTP.

            tmux.line("fg");
            tmux.awaitScreen("the state again", screen -> screen.getFirst().startsWith(" Never started"));
            send("TSTP", pid());
            assertGivenBack(tmux);

            tmux.line("fg");
            tmux.awaitScreen("the state again", screen -> screen.getFirst().startsWith(" Never started"));
            // Nobody can give the screen back here, but it is drawn anew.
            send("STOP", pid());
            tmux.await("the shell", line -> line.startsWith(Tmux.PROMPT));
            tmux.line("clear; fg");
            tmux.awaitScreen(
                    "the state again",
                    screen -> screen.getFirst().startsWith(" Never started")
                            && screen.getLast().equals(" q quit"));
            tmux.key("q");
            assertGivenBack(tmux);
        }
    }

    @Test
    void aTerminalThatIsClosedEndsIt() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        ProcessHandle watch;
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop);
            tmux.await("the state", line -> line.startsWith(" Never started"));
            watch = ProcessHandle.of(pid()).orElseThrow();
        }
        assertThat(watch.onExit()).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void aDaemonBehindALinkIsLostAndFoundAgain() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.web("\"port\": " + Workshop.freePort());
        workshop.drop("one.jsonl", STEPS);
        daemon = workshop.process("run");
        workshop.awaitListening();
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("training"));
        String link = workshop.stepwell("dashboard").out().strip();
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop, "--url", link);
            tmux.await("the state", line -> line.startsWith(" Training"));
            send("STOP", daemon.pid());
            tmux.await("the silence", line -> line.matches(" Connection lost \\d+s ago: no sign of life; .*"));
            send("CONT", daemon.pid());
            tmux.await("the return", line -> line.startsWith(" Training"));

            daemon.destroyForcibly().waitFor();
            tmux.await("the loss", line -> line.matches(" Connection lost \\d+s ago: nothing listens there; .*"));
            daemon = workshop.process("run");
            tmux.await("the return", line -> line.startsWith(" Training"));
            tmux.key("x");
            tmux.await("a question", line -> line.contains("Stop the daemon?"));
            tmux.key("y");
            tmux.await("the answer", line -> line.startsWith(" Stopped at step "));
            tmux.await("the state", line -> line.startsWith(" Stopped: one.jsonl; it goes on at the next start"));
            tmux.key("\u0003");
            assertGivenBack(tmux, 0);
        }
    }

    @Test
    void aTerminalIsGivenNoMoreThanItCanShow() throws Exception {
        Workshop workshop = training();
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, "", workshop);
            tmux.await("the bars", line -> line.contains("━"));
            assertThat(tmux.painted()).isTrue();
            tmux.key("q");
            assertGivenBack(tmux, 0);

            begin(tmux, "NO_COLOR=1 STEPWELL_ASCII=1", workshop);
            tmux.await("the bars", line -> line.contains("#"));
            assertThat(tmux.painted()).isFalse();
            assertThat(tmux.screen()).allMatch(line -> line.chars().allMatch(c -> c < 128));
            tmux.key("q");
            assertGivenBack(tmux, 0);

            begin(tmux, "TERM=dumb", workshop);
            tmux.await("a line with its time", line -> line.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z Training: one.*"));
            assertThat(tmux.screen()).contains("WHAT-WAS-HERE");
            tmux.control('c');
            tmux.await("its end", line -> line.endsWith("RC=130"));
        }
    }

    @Test
    void linesForAFileEndWithCtrlC() throws Exception {
        Workshop workshop = training();
        Path lines = folder.resolve("out").resolve("lines");
        Files.createDirectory(lines.getParent());
        try (Tmux tmux = Tmux.open(folder)) {
            script(workshop);
            tmux.line("sh watch.sh > " + lines + "; echo RC=$?");
            RunningDaemon.await(
                    Objects.requireNonNull(lines.getParent()), () -> Files.exists(lines) && Files.size(lines) > 0);
            tmux.control('c');
            tmux.await("its end", line -> line.endsWith("RC=130"));
        }
        assertThat(lines)
                .content()
                .endsWith("\n")
                .doesNotContain("\u001B")
                .contains("Z Training: one.jsonl, ")
                .matches("(\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z \\w+: .*\n)+");
    }

    /// A daemon at work on a file, with another that waits.
    private Workshop training() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("one.jsonl", STEPS);
        workshop.drop("two.jsonl", 3);
        daemon = workshop.process("run");
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("training"));
        return workshop;
    }

    private void begin(Tmux tmux, Workshop workshop, String... args) throws Exception {
        begin(tmux, "", workshop, args);
    }

    /// Starts `watch` below something that must be there again.
    private void begin(Tmux tmux, String variables, Workshop workshop, String... args) throws Exception {
        script(workshop, args);
        tmux.line("clear; stty -g > before; echo WHAT-WAS'-HERE'; " + variables + " sh watch.sh; echo RC=$?");
    }

    private void script(Workshop workshop, String... args) throws IOException {
        List<String> command = workshop.command(
                Main.class,
                List.of(),
                Stream.concat(Stream.of("watch"), Stream.of(args)).toArray(String[]::new));
        Files.writeString(
                folder.resolve("watch.sh"),
                "echo $$ > pid\nexec "
                        + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + "\n");
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    }

    private static void send(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }

    private void assertGivenBack(Tmux tmux, int exitCode) throws Exception {
        tmux.await("the exit code", line -> line.equals("RC=" + exitCode));
        assertGivenBack(tmux);
    }

    private void assertGivenBack(Tmux tmux) throws Exception {
        // What is typed before the prompt is back, the program may take along.
        tmux.awaitScreen(
                "what was there before",
                screen -> screen.contains("WHAT-WAS-HERE")
                        && screen.stream().map(String::strip).anyMatch(Tmux.PROMPT::equals));
        Files.deleteIfExists(folder.resolve("after"));
        tmux.line("stty -g > after; echo 'DO'NE");
        tmux.await("the shell", line -> line.equals("DONE"));
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
        assertThat(tmux.cursorShown()).isTrue();
    }
}
