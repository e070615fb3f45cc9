package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real commands against a real daemon process.
class ControlledDaemonTest {
    private static final int STEPS = 400;

    @TempDir
    static Path folder;

    /// What a run that is left alone ends with.
    private static Workshop undisturbed = new Workshop(Path.of(""));

    private Process process = new ProcessBuilder("unstarted").command("true").start();

    ControlledDaemonTest() throws IOException {}

    @BeforeAll
    static void trainUndisturbed() throws IOException {
        undisturbed = filled("undisturbed");
        assertThat(undisturbed.stepwell("run", "--once").exitCode()).isZero();
    }

    @AfterEach
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void pausedResumedAndStoppedItEndsWithTheWeightsOfARunLeftAlone() throws Exception {
        Workshop workshop = filled("controlled");
        process = workshop.process("run");
        midFile(workshop);
        assertThat(Files.getPosixFilePermissions(workshop.root().resolve("run/daemon.json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (int i = 0; i < 5; i++) {
            Workshop.Ran pause = workshop.stepwell("pause");
            assertThat(pause.exitCode()).as(pause.err()).isZero();
            assertThat(pause.out())
                    .matches("Paused at step \\d+/400 of (one|two)\\.jsonl; checkpoint \\d+ saved\\.\\R");
            RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("paused"));
            JsonNode paused = workshop.status();
            assertThat(pause.out())
                    .contains("step %d/".formatted(paused.get("batch_step").asInt()))
                    .contains("checkpoint %d saved"
                            .formatted(paused.get("current_step").asInt()));
            assertThat(workshop.root().resolve("current_model/checkpoint-" + paused.get("current_step")))
                    .isDirectory();
            assertThat(paused.get("eta_file").isNull()).isTrue();
            Workshop.Ran resume = workshop.stepwell("resume");
            assertThat(resume.exitCode()).as(resume.err()).isZero();
            assertThat(resume.out())
                    .startsWith("Resumed at step %d/"
                            .formatted(paused.get("batch_step").asInt()));
        }
        Workshop.Ran stop = workshop.stepwell("stop");
        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(stop.out()).startsWith("Stopped");
        assertThat(process.isAlive()).isFalse();
        assertThat(process.exitValue()).isZero();
        assertThat(workshop.root().resolve("run/daemon.json")).doesNotExist();
        assertThat(workshop.status().get("status").asString()).isEqualTo("stopped");
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        assertSameWeights(workshop);
    }

    @Test
    void aSkippedFileIsArchivedAsSkippedWithItsStepsCountedAndTheQueueGoesOn() throws Exception {
        Workshop workshop = filled("skipped");
        process = workshop.process("run", "--once");
        midFile(workshop);
        assertThat(workshop.stepwell("pause").exitCode()).isZero();
        long done = workshop.status().get("batch_step").asLong();
        Workshop.Ran skip = workshop.stepwell("skip");
        assertThat(skip.out()).startsWith("Skipped at step %d/400 of one.jsonl".formatted(done));
        Workshop.Ran nothing = workshop.stepwell("skip");
        assertThat(nothing.exitCode()).isEqualTo(3);
        assertThat(nothing.out()).startsWith("Not skipped: no file is in training.");
        assertThat(workshop.stepwell("resume").exitCode()).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<JsonNode> reports = workshop.reports("archive");
        assertThat(reports).extracting(r -> r.get("outcome").asString()).containsExactly("skipped", "completed");
        assertThat(reports.getFirst().at("/training/steps").asLong()).isEqualTo(done);
        assertThat(reports.getFirst().at("/rows/trained").asLong()).isEqualTo(done * Workshop.ROWS_PER_STEP);
        assertThat(workshop.status().get("current_step").asLong()).isEqualTo(done + STEPS);
        assertThat(workshop.status().get("batch_number").asInt()).isEqualTo(2);
    }

    @Test
    void aStopAfterTheFileLeavesNothingHalfDone() throws Exception {
        Workshop workshop = filled("after");
        process = workshop.process("run");
        midFile(workshop);
        assertThat(workshop.stepwell("pause").exitCode()).isZero();
        Workshop.Ran asked = workshop.stepwell("stop", "--after-file", "--no-wait");
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out()).startsWith("The daemon will stop when the file in training is done.");
        Workshop.Ran impatient = workshop.stepwell("stop", "--after-file", "--timeout", "1");
        assertThat(impatient.exitCode()).isEqualTo(5);
        assertThat(workshop.stepwell("resume").exitCode()).isZero();
        Workshop.Ran stop = workshop.stepwell("stop", "--after-file");
        assertThat(stop.exitCode()).as(stop.err()).isZero();
        assertThat(stop.out()).isEqualTo("Stopped; no file is half done." + System.lineSeparator());
        assertThat(process.isAlive()).isFalse();
        assertThat(workshop.reports("archive")).hasSize(1);
        assertThat(workshop.status().get("current_step").asLong()).isEqualTo(STEPS);
    }

    @Test
    void aSignalStopsItWithACheckpointAndItsSuccessorEndsAsIfNothingHadHappened() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            Workshop workshop = filled(signal);
            process = workshop.process("run");
            midFile(workshop);
            signal(signal);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            JsonNode left = workshop.status();
            assertThat(left.get("status").asString()).isEqualTo("stopped");
            assertThat(workshop.root().resolve("current_model/checkpoint-" + left.get("current_step")))
                    .isDirectory();
            assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
            assertSameWeights(workshop);
        }
    }

    @Test
    void aSecondInterruptEndsItAtOnceWhichIsACrashThatItsSuccessorSurvives() throws Exception {
        Workshop workshop = filled("twice");
        process = workshop.process("run");
        midFile(workshop);
        while (process.isAlive()) { // Until one of them is the second before the first took effect.
            signal("INT");
            process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        assertThat(process.exitValue()).isIn(0, 130);
        Workshop.Ran nobody = workshop.stepwell("pause");
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.err()).contains("no daemon runs in");
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        assertSameWeights(workshop);
    }

    @Test
    void aLinkToTheDashboardLetsABrowserInOnceAndItIsLetInByTheNextDaemonToo() throws Exception {
        Workshop workshop = filled("dashboard");
        process = workshop.process("run");
        midFile(workshop);
        Workshop.Ran link = workshop.stepwell("dashboard");
        assertThat(link.exitCode()).as(link.err()).isZero();
        URI address = URI.create(link.out().strip());
        assertThat(address.getFragment()).startsWith("key=");
        String key = address.getFragment().substring("key=".length());
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> login = post(browser, address.resolve("/login"), key);
            assertThat(login.statusCode()).isEqualTo(200);
            String token =
                    JsonMapper.shared().readTree(login.body()).path("token").asString();
            assertThat(post(browser, address.resolve("/login"), key).statusCode())
                    .isEqualTo(401);
            assertThat(status(browser, address, token).statusCode()).isEqualTo(200);
            HttpResponse<String> add =
                    desk(browser, address, token, "add", "\"path\": \"/etc/hostname\", \"priority\": \"normal\"");
            assertThat(add.statusCode()).as(add.body()).isEqualTo(403);
            HttpResponse<String> list = desk(browser, address, token, "list", "\"states\": [], \"limit\": 1");
            assertThat(list.statusCode()).as(list.body()).isEqualTo(200);
            process.destroyForcibly().waitFor();

            process = workshop.process("run");
            RunningDaemon.awaitStatus(
                    workshop,
                    s -> s.get("pid").asLong() == process.pid()
                            && s.get("status").asString().equals("training"));
            URI next = URI.create(workshop.stepwell("dashboard").out().strip());
            assertThat(status(browser, next, token).statusCode()).isEqualTo(200);
            assertThat(status(browser, next, token + "x").statusCode()).isEqualTo(401);
        }
        assertThat(workshop.stepwell("stop").exitCode()).isZero();
        assertThat(workshop.stepwell("dashboard").exitCode()).isEqualTo(3);
    }

    private static HttpResponse<String> post(HttpClient browser, URI login, String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(login)
                .POST(BodyPublishers.ofString("{\"key\": \"%s\"}".formatted(key)))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> desk(
            HttpClient browser, URI address, String token, String request, String fields) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(address.resolve("/api/v1/desk"))
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString("{\"request\": \"%s\", %s}".formatted(request, fields)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> status(HttpClient browser, URI address, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v1/status"))
                .header("Authorization", "Bearer " + token)
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    @Test
    void withoutADashboardThereIsNoPageAndNoLinkAndControlStays() throws Exception {
        Workshop workshop = filled("no-web");
        process = workshop.process("run", "--no-web");
        midFile(workshop);

        Workshop.Ran link = workshop.stepwell("dashboard");

        assertThat(link.exitCode()).isEqualTo(3);
        assertThat(link.err()).contains("--no-web");
        assertThat(workshop.stepwell("stop").exitCode()).isZero();
    }

    @Test
    void theControlFilesOfTheOriginalAreObeyedAndRemovedWhenTheyHaveTakenEffect() throws Exception {
        Workshop workshop = filled("files");
        Path control = Files.createDirectories(workshop.root().resolve("control"));
        Files.createFile(control.resolve(".stop")); // Meant for a daemon that is no more.
        process = workshop.process("run");
        midFile(workshop);
        assertThat(control.resolve(".stop")).doesNotExist();
        touch(control, ".pause");
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("paused"));
        touch(workshop.root(), ".resume");
        RunningDaemon.awaitStatus(workshop, s -> s.get("status").asString().equals("training"));
        touch(control, ".skip");
        touch(workshop.root(), ".stop");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(workshop.reports("archive"))
                .extracting(r -> r.get("outcome").asString())
                .first()
                .isEqualTo("skipped");
    }

    /// Makes a control file and returns when it was removed.
    private static void touch(Path directory, String name) throws Exception {
        Path file = Files.createFile(directory.resolve(name));
        RunningDaemon.await(directory, () -> !Files.exists(file));
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static void midFile(Workshop workshop) throws Exception {
        RunningDaemon.awaitStatus(
                workshop,
                s -> s.get("batch_step").isNumber() && s.get("batch_step").asInt() >= 9);
    }

    private static Workshop filled(String name) throws IOException {
        Workshop workshop = Workshop.in(folder.resolve(name));
        workshop.drop("one.jsonl", STEPS);
        workshop.drop("two.jsonl", STEPS);
        return workshop;
    }

    private static void assertSameWeights(Workshop workshop) {
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            Path inModel = Path.of("current_model", "checkpoint-" + 2 * STEPS, file);
            assertThat(workshop.root().resolve(inModel))
                    .hasSameBinaryContentAs(undisturbed.root().resolve(inModel));
        }
    }
}
