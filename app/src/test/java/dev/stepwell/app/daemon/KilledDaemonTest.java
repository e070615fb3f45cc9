package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.cli.Operations.StatusRequest;
import dev.stepwell.app.cli.StatusFormat;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A real daemon process, killed without warning in the middle of a file.
class KilledDaemonTest {
    private static final int FILES = 4;
    private static final int STEPS = 60;

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

        JsonNode left = killed.status();
        assertThat(left.get("status").asString()).isEqualTo("training");
        assertThat(statusLater(killed)).containsIgnoringCase("gone");

        List<JsonNode> seen = StatusWitness.during(killed.statusFile(), () -> {
            Workshop.Ran successor = killed.stepwell("run", "--once");
            assertThat(successor.exitCode()).as(successor.err()).isZero();
        });

        String itsBoot = seen.getLast().get("boot_id").asString();
        JsonNode first = seen.stream()
                .filter(s -> s.get("boot_id").asString().equals(itsBoot)
                        && s.get("batch_step").isNumber())
                .findFirst()
                .orElseThrow();
        // Not held to be just where the last status was: where the disk is slow, that may be a moment behind.
        assertThat(first.get("batch_number").asInt())
                .isBetween(left.get("batch_number").asInt(), FILES);
        assertThat(first.get("batch_queue_size").asInt()).isEqualTo(FILES);
        assertThat(first.get("batch_step").asInt()).isBetween(1, STEPS);
        assertThat(killed.reports("archive"))
                .allSatisfy(report -> assertThat(report.get("rows").get("trained"))
                        .isEqualTo(report.get("rows").get("total")))
                .hasSize(FILES);
        assertThat(weights(killed)).isEqualTo(weights(undisturbed));
    }

    private static Workshop filled(Path root) throws IOException {
        Workshop workshop = Workshop.in(root);
        for (int i = 1; i <= FILES; i++) {
            workshop.drop("part_%d.jsonl".formatted(i), STEPS);
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
