package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.cli.Operations.StatusRequest;
import dev.stepwell.app.cli.StatusFormat;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.torch.checkpoint.CheckpointAudit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real daemon process, killed without warning in the middle of a file.
class KilledDaemonTest {
    private static final int FILES = 4;
    private static final int STEPS = 60;
    private static final int KEPT_LOSSES = 100;

    @TempDir
    Path folder;

    @Test
    void aKilledDaemonIsSeenAsGoneAndItsSuccessorFinishesAsIfNothingHadHappened() throws Exception {
        Workshop undisturbed = filled(folder.resolve("undisturbed"));
        assertThat(undisturbed.stepwell("run", "--once").exitCode()).isZero();
        Workshop killed = filled(folder.resolve("killed"));

        Process process = killed.process("run");
        // Step 7 is the first checkpoint inside a file; what was done after it must be done again, and only that.
        RunningDaemon.awaitStatus(
                killed,
                s -> s.get("batch_number").asInt() == 2 && s.get("batch_step").asInt() >= 9);
        process.destroyForcibly().waitFor();

        assertThat(killed.status().get("status").asString()).isEqualTo("training");
        assertThat(statusLater(killed)).containsIgnoringCase("gone");
        // Not what was said last decides where it goes on, but what the weights on disk contain.
        JsonNode left = newestCheckpoint(killed);
        long globalStep = left.get("global_step").asLong();
        int logged = log(killed).size();

        List<JsonNode> seen = StatusWitness.during(killed.statusFile(), () -> {
            Workshop.Ran successor = killed.stepwell("run", "--once");
            assertThat(successor.exitCode()).as(successor.err()).isZero();
        });

        List<String> said = log(killed).stream().skip(logged).toList();
        assertThat(matching(said, "model of \\d+ parameters at (step \\d+)")).containsExactly("step " + globalStep);
        Where where = Where.of(left.get("cursor"));
        assertThat(matching(said, "(file \\d+ of \\d+: [^,]+)"))
                .filteredOn(claim -> !where.completed() || !claim.equals(claim(where.number())))
                .isEqualTo(where.claimsToCome());
        String itsBoot = seen.getLast().get("boot_id").asString();
        List<JsonNode> its = seen.stream()
                .filter(s -> s.get("boot_id").asString().equals(itsBoot)
                        && s.get("batch_step").isNumber())
                .toList();
        assertThat(its).allSatisfy(KilledDaemonTest::isInItsPlace);
        // A loss for each step of this process: so whichever status is seen first tells with which step it began.
        assertThat(its.stream().filter(s -> s.get("train_loss_history").size() < KEPT_LOSSES))
                .anySatisfy(s -> assertThat(s.get("train_loss_history").size()).isPositive())
                .allSatisfy(s -> assertThat(s.get("current_step").asLong()
                                - s.get("train_loss_history").size())
                        .isEqualTo(globalStep));
        assertThat(killed.reports("archive"))
                .allSatisfy(report -> assertThat(report.get("rows").get("trained"))
                        .isEqualTo(report.get("rows").get("total")))
                .hasSize(FILES);
        assertThat(weights(killed)).isEqualTo(weights(undisturbed));
    }

    /// `stepwell_state.json` of the newest checkpoint that is whole.
    private static JsonNode newestCheckpoint(Workshop workshop) throws IOException {
        Path newest = CheckpointAudit.of(workshop.root().resolve("current_model")).stream()
                .filter(checked -> checked.fault() == null)
                .findFirst()
                .orElseThrow()
                .directory();
        return JsonMapper.shared().readTree(Files.readAllBytes(newest.resolve("stepwell_state.json")));
    }

    private static List<String> log(Workshop workshop) throws IOException {
        return Files.readAllLines(workshop.root().resolve("logs").resolve("stepwell.log"));
    }

    /// What the group in `pattern` matches, in each of the lines that have it.
    private static List<String> matching(List<String> lines, String pattern) {
        return lines.stream()
                .flatMap(line -> Pattern.compile(pattern).matcher(line).results())
                .map(match -> match.group(1))
                .toList();
    }

    /// In which file a checkpoint is.
    ///
    /// @param completed whether no step of it is left. If that was not recorded before the kill, the file has
    ///                  its turn again for a moment
    private record Where(int number, boolean completed) {
        static Where of(JsonNode cursor) {
            int number = numberOf(cursor.get("base_step").asLong());
            assertThat(cursor.get("file_name").asString()).isEqualTo(name(number));
            return new Where(number, cursor.get("completed").asBoolean());
        }

        List<String> claimsToCome() {
            return IntStream.rangeClosed(completed ? number + 1 : number, FILES)
                    .mapToObj(KilledDaemonTest::claim)
                    .toList();
        }
    }

    /// How the log says that file `number` has its turn, in every life of the daemon.
    private static String claim(int number) {
        return "file %d of %d: %d__%s".formatted(number, FILES, number, name(number));
    }

    private static void isInItsPlace(JsonNode status) {
        int number = status.get("batch_number").asInt();
        assertThat(status.get("batch_queue_size").asInt()).isEqualTo(FILES);
        assertThat(status.get("current_file").asString()).isEqualTo(name(number));
        assertThat(numberOf(status.get("base_step").asLong())).isEqualTo(number);
    }

    /// Which file begins at the global step `baseStep`.
    private static int numberOf(long baseStep) {
        assertThat(baseStep % STEPS).isZero();
        return Math.toIntExact(baseStep / STEPS) + 1;
    }

    private static String name(int number) {
        return "part_%d.jsonl".formatted(number);
    }

    private static Workshop filled(Path root) throws IOException {
        Workshop workshop = Workshop.in(root);
        for (int i = 1; i <= FILES; i++) {
            workshop.drop(name(i), STEPS);
        }
        return workshop;
    }

    private static byte[] weights(Workshop workshop) throws IOException {
        return Files.readAllBytes(workshop.root()
                .resolve("current_model")
                .resolve("checkpoint-" + FILES * STEPS)
                .resolve("model.safetensors"));
    }

    /// What `status` says when the last heartbeat is ten seconds old.
    private static String statusLater(Workshop workshop) throws IOException {
        StringWriter out = new StringWriter();
        Instant later = Instant.now().plusSeconds(10);
        new StatusReport(() -> later)
                .print(new StatusRequest(
                        new BaseDirectory(workshop.root()), StatusFormat.BARS, new PrintWriter(out, true)));
        return out.toString();
    }
}
