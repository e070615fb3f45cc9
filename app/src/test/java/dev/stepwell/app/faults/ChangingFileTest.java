package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.StatusWitness;
import dev.stepwell.app.daemon.Workshop;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A file that changes under the hands of a real daemon, while its rows are being trained.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "an open file cannot be renamed there")
class ChangingFileTest {
    private static final int STEPS = 200;

    @TempDir
    Path folder;

    @FunctionalInterface
    private interface Change {
        void to(Path file) throws IOException;
    }

    @Test
    void rowsAppendedAfterTheFileWasReadAreNamedAndTheLedgerSumsToTheFile() throws Exception {
        Workshop workshop = Workshop.in(folder);
        JsonNode rows = trainedWhile(workshop, file -> {
                    try (OutputStream late = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
                        late.write("{\"text\": \"late\"}\n{\"text\": \"later\"}".getBytes(StandardCharsets.UTF_8));
                    }
                })
                .get("rows");
        assertThat(rows.get("total").asInt()).isEqualTo(STEPS * Workshop.ROWS_PER_STEP + 2);
        assertThat(rows.get("trained").asInt()).isEqualTo(STEPS * Workshop.ROWS_PER_STEP);
        assertThat(rows.get("rejected").asInt()).isEqualTo(2);
        JsonNode late = rows.get("rejections").get(0);
        assertThat(late.get("line").asInt()).isEqualTo(STEPS * Workshop.ROWS_PER_STEP + 1);
        assertThat(late.get("reason").asString()).contains("2 rows were appended");
    }

    @Test
    void aFileTruncatedAfterItWasReadIsTrainedAsItWas() throws Exception {
        Workshop workshop = Workshop.in(folder);
        JsonNode report = trainedWhile(workshop, file -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(100);
            }
        });
        assertThat(report.get("rows").get("trained").asInt()).isEqualTo(STEPS * Workshop.ROWS_PER_STEP);
        assertThat(log(workshop)).contains("has lost rows since it was read");
    }

    @Test
    void aFileThatVanishesAfterItWasReadIsTrainedAndLeavesItsReport() throws Exception {
        Workshop workshop = Workshop.in(folder);
        JsonNode report = trainedWhile(workshop, Files::delete);
        assertThat(report.get("rows").get("trained").asInt()).isEqualTo(STEPS * Workshop.ROWS_PER_STEP);
        assertThat(log(workshop)).contains("is not in queue/ any more; only its report is kept");
    }

    @Test
    void aFileThatVanishesWhileItWaitsIsGivenUpByNameAndTheOthersAreTrained() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.drop("b_waits.jsonl", 3);
        workshop.drop("c_waits.jsonl", 4);
        trainedWhile(workshop, file -> Files.delete(file.resolveSibling("2__b_waits.jsonl")));
        assertThat(workshop.reports("archive"))
                .extracting(report -> report.get("file").get("name").asString())
                .containsExactly("a_changes.jsonl", "c_waits.jsonl");
        assertThat(workshop.reports("failed"))
                .singleElement()
                .satisfies(
                        report -> assertThat(report.get("error").get("message").asString())
                                .contains("b_waits.jsonl", "cannot be read"));
    }

    /// Changes the first file when it is in training.
    ///
    /// @return its report
    private static JsonNode trainedWhile(Workshop workshop, Change change) throws Exception {
        workshop.drop("a_changes.jsonl", STEPS);
        List<JsonNode> seen = StatusWitness.during(workshop.statusFile(), () -> {
            Process process = workshop.process("run", "--once");
            Status.await(workshop, status -> status.get("batch_step").asLong() > 0);
            change.to(workshop.root().resolve("queue").resolve("1__a_changes.jsonl"));
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        });
        assertThat(seen.getLast().get("status").asString()).isEqualTo("completed");
        return workshop.reports("archive").getFirst();
    }

    private static String log(Workshop workshop) throws IOException {
        return Files.readString(workshop.root().resolve("logs").resolve("stepwell.log"));
    }
}
