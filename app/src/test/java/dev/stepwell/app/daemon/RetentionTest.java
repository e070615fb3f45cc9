package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.InstanceLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command, after a real daemon: four files, of which each leaves a checkpoint.
class RetentionTest {
    @TempDir
    private Path folder;

    @Test
    void aDaemonKeepsItsRulesAndTheCommandFollowsNewOnesOnceItIsAskedInEarnest() throws IOException {
        Workshop workshop = trained();
        assertThat(checkpoints())
                .as("keep_checkpoints is 3, the budgets are 0")
                .containsExactly("checkpoint-12", "checkpoint-6", "checkpoint-9");
        assertThat(names("archive")).hasSize(8);

        configure("\"keep_checkpoints\": 1, \"archive_budget_gb\": 0,");
        Workshop.Ran plan = workshop.stepwell("retention", "--dry-run");
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .contains("keep   checkpoint-12 ", "newest valid", "delete checkpoint-9 ", "delete 1__part_1.jsonl")
                .contains("keep_checkpoints: 1", "archive_budget_gb: 0 B")
                .contains("Would delete 6, ", "Nothing was deleted (--dry-run).");
        assertThat(checkpoints()).hasSize(3);
        assertThat(names("archive")).hasSize(8);

        Workshop.Ran done = workshop.stepwell("retention");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("deleted  archive/ 1__part_1.jsonl", "Deleted 6, ");
        assertThat(checkpoints()).containsExactly("checkpoint-12");
        assertThat(names("archive")).isEmpty();

        assertThat(workshop.stepwell("retention").out()).isEqualTo("Deleted 0, 0 B.\n");
        assertThat(workshop.stepwell("run", "--once").exitCode())
                .as("the model is still there")
                .isZero();
    }

    @Test
    void besideARunningDaemonOnlyAPlanIsMadeAndADeletionIsRefusedByName() throws IOException {
        Workshop workshop = trained();
        try (InstanceLock _ = InstanceLock.acquire(new BaseDirectory(folder), InstantSource.system())) {
            configure("\"keep_checkpoints\": 1,");
            Workshop.Ran refused = workshop.stepwell("retention");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err()).contains("another daemon (pid ", "retention --dry-run");
            assertThat(workshop.stepwell("retention", "--dry-run").exitCode()).isZero();
            assertThat(checkpoints()).hasSize(3);
        }
    }

    @Test
    void whereThereIsNoConfigurationNothingIsDeletedByDefaultsOfOurs() {
        Workshop.Ran refused = new Workshop(folder).stepwell("retention");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err()).contains("has no config.json");
        assertThat(folder).isEmptyDirectory();
    }

    /// Four files of three steps.
    private Workshop trained() throws IOException {
        Workshop workshop = Workshop.in(folder);
        for (int i = 1; i <= 4; i++) {
            workshop.drop("part_" + i + ".jsonl", 3);
        }
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        return workshop;
    }

    private void configure(String keys) throws IOException {
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{ " + keys));
    }

    private List<String> checkpoints() throws IOException {
        return names("current_model").stream()
                .filter(name -> name.startsWith("checkpoint-"))
                .toList();
    }

    private List<String> names(String where) throws IOException {
        try (var entries = Files.list(folder.resolve(where))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
