package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A file that kills the process whenever it is trained, under something that starts the daemon again each time.
class DeadlyFileTest {
    private static final int KILLED = 128 + 9;
    private static final int STEPS = 12;
    /// Checkpoints are saved every 7 steps: there is one inside the file before it kills.
    private static final int DEADLY_STEP = 9;

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void drop() throws IOException {
        workshop = Workshop.in(folder.resolve("base"));
        workshop.configure("max_attempts", "2");
        workshop.configure("retry_backoff", "0");
        workshop.drop("a.jsonl", STEPS);
        workshop.drop("deadly.jsonl", STEPS);
        workshop.drop("z.jsonl", STEPS);
    }

    @Test
    void aFileThatKillsTheProcessAtEveryStartIsGivenUpAndTheOthersAreTrained() throws Exception {
        int kills = startedUntilItEnds(10);

        assertThat(kills).as("three in each of two attempts").isEqualTo(6);
        assertThat(workshop.reports("archive"))
                .extracting(report -> report.get("file").get("name").asString())
                .containsExactly("a.jsonl", "z.jsonl");
        JsonNode report = workshop.reports("failed").getFirst();
        assertThat(report.get("error").get("type").asString()).isEqualTo("ProcessDied");
        assertThat(report.get("error").get("message").asString()).contains("died 3 times", "step 7/12");
        assertThat(report.get("rows").get("trained").asInt()).isEqualTo(7 * Workshop.ROWS_PER_STEP);
        assertThat(report.get("attempt_log").values()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.get("deaths").asInt()).isEqualTo(3);
            assertThat(attempt.get("outcome").asString()).isEqualTo("failed");
            JsonNode rows = attempt.get("rows").get(0);
            assertThat(rows.get("trained").asInt()).isEqualTo(7 * Workshop.ROWS_PER_STEP);
            assertThat(rows.get("left").asInt()).isEqualTo((STEPS - 7) * Workshop.ROWS_PER_STEP);
        });
        assertThat(workshop.stepwell("show", "deadly.jsonl").out()).contains("deaths       3");
    }

    @Test
    void withoutALimitItIsTriedForEver() throws Exception {
        workshop.configure("max_deaths", "0");
        assertThat(startedUntilItEnds(5)).isEqualTo(5);
        assertThat(workshop.reports("failed")).isEmpty();
        assertThat(workshop.stepwell("show", "deadly.jsonl").out()).contains("deaths       4");
    }

    /// @return how often it was killed before that
    private int startedUntilItEnds(int starts) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        for (int kills = 0; kills < starts; kills++) {
            Process daemon = new ProcessBuilder(workshop.command(
                            DeadlyFileMain.class,
                            List.of("-XX:TieredStopAtLevel=1"),
                            "deadly.jsonl",
                            Integer.toString(DEADLY_STEP)))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            boolean ended = daemon.waitFor(1, TimeUnit.MINUTES);
            daemon.destroyForcibly();
            assertThat(ended)
                    .as("ended within a minute: %s", Files.readString(log))
                    .isTrue();
            assertThat(daemon.exitValue()).as(Files.readString(log)).isIn(0, KILLED);
            if (daemon.exitValue() == 0) {
                return kills;
            }
        }
        return starts;
    }
}
