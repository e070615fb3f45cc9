package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stepwell.app.daemon.StatusWitness;
import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Disks that do not do what they should, under the real daemon. Whatever they do, the next start on a sound
/// disk ends as if nothing had happened. The outcomes are stated in docs/proof.md.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders are locked otherwise there")
class DiskFaultTest {
    private static Map<String, String> undisturbed = Map.of();

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeAll
    static void train(@TempDir Path apart) throws IOException {
        undisturbed = Undisturbed.model(apart);
    }

    @BeforeEach
    void drop() throws IOException {
        workshop = Coursework.in(folder.resolve("base"));
    }

    @Test
    void whereFilesCannotBeTakenTheyStayInTheInboxByName() throws Exception {
        Path queue = workshop.root().resolve("queue");
        Files.createDirectories(queue);
        Locks.whileLocked(queue, () -> {
            assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
            assertThat(Files.readString(workshop.root().resolve("logs").resolve("stepwell.log")))
                    .contains("part_1.jsonl stays where it is: it cannot be taken");
            try (var files = Files.list(workshop.root().resolve("inbox"))) {
                assertThat(files).hasSize(Coursework.FILES);
            }
        });

        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        assertThat(workshop.reports("archive")).hasSize(Coursework.FILES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "current_model"})
    void aFolderThatCannotBeWrittenEndsTheDaemonWithItsNameAndLosesNothing(String name) throws Exception {
        Path locked = workshop.root().resolve(name);
        Files.createDirectories(locked);

        Locks.whileLocked(locked, () -> {
            Workshop.Ran ran = workshop.stepwell("run", "--once");
            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(workshop.status().get("status").asString()).isEqualTo("crashed");
            assertThat(workshop.status().get("error_message").asString()).contains(name);
            assertThat(ran.err()).contains(name);
        });

        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Aftermath.judge(workshop, undisturbed);
    }

    @Test
    void permissionLostMidRunEndsTheDaemonAtTheLastCheckpointAndTheNextStartGoesOn() throws Exception {
        Process daemon = workshop.process("run", "--once");
        Status.await(workshop, status -> status.get("batch_number").asLong() >= 2);
        Locks.whileLocked(workshop.root().resolve("current_model"), () -> {
            assertThat(daemon.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(daemon.exitValue()).isEqualTo(1);
            JsonNode status = workshop.status();
            assertThat(status.get("status").asString()).isEqualTo("crashed");
            assertThat(status.get("error_message").asString()).contains("current_model");
            assertThat(workshop.reports("failed"))
                    .as("the files are not to blame")
                    .isEmpty();
        });

        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Aftermath.judge(workshop, undisturbed);
    }

    enum Fault {
        FLIPPED {
            @Override
            void befall(Path checkpoint) throws IOException {
                Damage.flip(checkpoint.resolve("model.safetensors"), 4_000);
            }
        },
        TRUNCATED {
            @Override
            void befall(Path checkpoint) throws IOException {
                Damage.truncate(checkpoint.resolve("optimizer.safetensors"));
            }
        },
        WITHOUT_MANIFEST {
            @Override
            void befall(Path checkpoint) throws IOException {
                Files.delete(checkpoint.resolve("manifest.json"));
            }
        },
        DELETED {
            @Override
            void befall(Path checkpoint) throws IOException {
                try (var files = Files.list(checkpoint)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(checkpoint);
            }
        };

        abstract void befall(Path checkpoint) throws IOException;
    }

    /// Killed after its second checkpoint, of step 12, which ends the first file; that of step 7 is before it.
    @ParameterizedTest
    @EnumSource
    void aDamagedCheckpointIsPassedOverAndTrainingGoesOnFromTheOneBefore(Fault fault) throws Exception {
        Mortals mortals = new Mortals(workshop, folder.resolve("log"));
        assertThat(mortals.dies(Death.at(SavePoint.RENAMED, 2))).isTrue();
        fault.befall(workshop.root().resolve("current_model").resolve("checkpoint-12"));

        List<JsonNode> seen = StatusWitness.during(workshop.statusFile(), mortals::finishes);

        JsonNode first = seen.stream()
                .filter(status -> status.get("status").asString().equals("training"))
                .skip(1) // The first is the dead process's.
                .findFirst()
                .orElseThrow();
        assertThat(first.get("current_step").asLong()).isBetween(7L, 12L);
        String log = Files.readString(workshop.root().resolve("logs").resolve("stepwell.log"));
        if (fault != Fault.DELETED) { // What is gone without a trace cannot be reported.
            assertThat(log).contains("checkpoint passed over: checkpoint-12");
            assertThat(workshop.root().resolve("current_model").resolve("passed-over-checkpoint-12"))
                    .isDirectory();
        }
        assertThat(log).contains("at step 7");
        assertThat(Coursework.model(workshop.root())).isEqualTo(undisturbed);
    }

    @Test
    void anInboxOnAnotherFileSystemIsTrainedTheSame() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory))
                .as("there is a file system in memory")
                .isTrue();
        assumeThat(Files.getFileStore(memory).equals(Files.getFileStore(folder)))
                .isFalse();
        Path elsewhere = Files.createTempDirectory(memory, "stepwell-inbox");
        try {
            Path inbox = workshop.root().resolve("inbox");
            try (var files = Files.list(inbox)) {
                for (Path file : files.toList()) {
                    Files.move(file, elsewhere.resolve(file.getFileName()));
                }
            }
            Files.delete(inbox);
            Files.createSymbolicLink(inbox, elsewhere);
            Mortals mortals = new Mortals(workshop, folder.resolve("log"));
            mortals.dies(Death.at(FaultPoint.TAKING_MOVED, 1));
            mortals.finishes();
            Aftermath.judge(workshop, undisturbed);
        } finally {
            try (var files = Files.list(elsewhere)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(elsewhere);
        }
    }
}
