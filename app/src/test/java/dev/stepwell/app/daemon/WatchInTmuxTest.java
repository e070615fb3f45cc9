package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("one.jsonl", STEPS);
        workshop.drop("two.jsonl", 3);
        daemon = workshop.process("run");
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop);
            tmux.await("three bars", line -> line.matches(" +[━░]+ +\\d+%  step \\d+/" + STEPS));
            tmux.await("the queue", line -> line.matches(" Queue +[━░]+ .*file 1/2"));
            tmux.await("the files that wait", line -> line.matches(" Next +two\\.jsonl"));
            assertThat(tmux.screen().getLast()).startsWith(" p pause");

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

            tmux.key("q");
            assertGivenBack(tmux);
        }
    }

    @Test
    void whereNoDaemonRunsItSaysSoAndATerminationGivesTheScreenBack() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        try (Tmux tmux = Tmux.open(folder)) {
            begin(tmux, workshop);
            tmux.await("the state", line -> line.startsWith(" Never started"));
            tmux.key("p");
            tmux.await("a question", line -> line.contains("(y/n)"));
            tmux.key("y");
            tmux.await("a refusal", line -> line.startsWith(" Not done: no daemon runs in"));
            long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
            assertThat(ProcessHandle.of(pid).orElseThrow().destroy()).isTrue();
            assertGivenBack(tmux);
        }
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
            daemon.destroyForcibly().waitFor();
            tmux.await("the loss", line -> line.startsWith(" Connection lost: nothing listens there"));
            daemon = workshop.process("run");
            tmux.await("the return", line -> line.startsWith(" Training"));
            tmux.key("x");
            tmux.await("a question", line -> line.contains("Stop the daemon?"));
            tmux.key("y");
            tmux.await("the answer", line -> line.startsWith(" Stopped at step "));
            tmux.key("\u0003");
            assertGivenBack(tmux);
        }
    }

    /// Starts `watch` below something that must be there again.
    private void begin(Tmux tmux, Workshop workshop, String... args) throws Exception {
        List<String> command = workshop.command(
                Main.class,
                List.of(),
                Stream.concat(Stream.of("watch"), Stream.of(args)).toArray(String[]::new));
        Files.writeString(
                folder.resolve("watch.sh"),
                "echo $$ > pid\nexec "
                        + command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" ")) + "\n");
        tmux.line("stty -g > before; echo WHAT-WAS'-HERE'; sh watch.sh");
    }

    private void assertGivenBack(Tmux tmux) throws Exception {
        // What is typed before the prompt is back, the program may take along.
        tmux.awaitScreen(
                "what was there before",
                screen -> screen.contains("WHAT-WAS-HERE")
                        && screen.stream().map(String::strip).anyMatch(Tmux.PROMPT::equals));
        tmux.line("stty -g > after; echo 'DO'NE");
        tmux.await("the shell", line -> line.equals("DONE"));
        assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
        assertThat(tmux.cursorShown()).isTrue();
    }
}
