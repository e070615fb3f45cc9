package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.app.doctor.Doctor;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path folder;

    @Test
    void aDirectoryThatDoesNotExistIsNamed() {
        Workshop.Ran ran = new Workshop(folder.resolve("nowhere")).stepwell("doctor");
        assertThat(ran.exitCode()).isEqualTo(3);
        assertThat(ran.err()).contains("there is no base directory");
    }

    @Test
    void whereNothingIsWrongItSaysSoAndLeavesEveryFileAsItWas() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 8);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Map<String, Long> before = contents(workshop.root());

        Workshop.Ran ran = workshop.stepwell("doctor");

        assertThat(ran.out())
                .contains(
                        "no daemon is at work here",
                        "the database passes SQLite's integrity check",
                        "database and directories agree",
                        "valid checkpoints; the newest is of step 8",
                        "config.json is valid",
                        "MB are free",
                        "libtorch")
                .endsWith("nothing is wrong\n");
        assertThat(ran.exitCode()).isZero();
        assertThat(contents(workshop.root())).isEqualTo(before);
    }

    @Test
    void whatAKilledDaemonLeftIsFoundAndRepairedOnlyByAStart() throws Exception {
        Workshop workshop = Coursework.in(folder.resolve("base"));
        Mortals mortals = new Mortals(workshop, folder.resolve("log"));
        assertThat(mortals.dies(Death.at(SavePoint.FILE_WRITTEN, 12))).isTrue();

        Workshop.Ran found = workshop.stepwell("doctor");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out())
                .contains(
                        "part_1.jsonl (id 1) was in training; at the next start: goes on first",
                        "is left of a save that was cut short")
                .endsWith(" findings\n");
        assertThat(workshop.stepwell("doctor").out().lines().filter(line -> line.startsWith("FIND")))
                .as("a second look")
                .containsExactlyElementsOf(found.out()
                        .lines()
                        .filter(line -> line.startsWith("FIND"))
                        .toList());

        assertThat(mortals.dies(Death.at(FaultPoint.ROW_SETTLED, 1))).isTrue();
        assertThat(workshop.stepwell("doctor").out())
                .contains("part_1.jsonl (id 1) is completed but lay in queue/; at the next start: moved to archive/");

        mortals.finishes();
        assertThat(workshop.stepwell("doctor").exitCode()).isZero();
    }

    @Test
    void aDamagedCheckpointAndADamagedDatabaseAreFindings() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 8);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        Path newest = workshop.root().resolve("current_model").resolve("checkpoint-8");
        Damage.flip(newest.resolve("optimizer.safetensors"), 5_000);
        Workshop.Ran ran = workshop.stepwell("doctor");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("checkpoint-8 is not valid", "SHA-256", "the newest is of step 7");

        Path database = workshop.root().resolve("stepwell.db");
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
            channel.truncate(5_000);
        }
        assertThat(workshop.stepwell("doctor").out()).contains("FIND  database: ");
    }

    @Test
    void aDeviceThatTheConfigurationNamesAndTheMachineHasNotIsAFinding() throws Exception {
        assumeFalse(torch.cuda_is_available());
        Workshop workshop = Workshop.in(folder.resolve("base"));
        Files.writeString(workshop.root().resolve("config.json"), "{\"device\": \"cuda\"}");
        Workshop.Ran ran = workshop.stepwell("doctor");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out()).contains("libtorch finds no such device", "1 finding");
    }

    @Test
    void besideAWorkingDaemonItSaysSoAndDisturbsNothing() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 400);
        Process daemon = workshop.process("run", "--once");
        Status.await(workshop, status -> status.get("batch_step").asLong() > 0);

        Workshop.Ran ran = workshop.stepwell("doctor");

        assertThat(ran.out()).contains("a daemon is at work here (pid " + daemon.pid(), "nothing is wrong");
        assertThat(ran.exitCode()).isZero();
        assertThat(daemon.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(daemon.exitValue()).isZero();
    }

    @Test
    void aClockThatWasSetBackIsAFindingAndNotesSpeakOfTheMachine() throws Exception {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.drop("a.jsonl", 2);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        StringWriter out = new StringWriter();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));

        boolean sound = new Doctor(
                        new BaseDirectory(workshop.root()), Map.of("OPENBLAS_CORETYPE", "Haswell"), () -> yesterday)
                .print(new PrintWriter(out));

        assertThat(sound).isFalse();
        assertThat(out.toString())
                .contains("FIND  the clock was set back", "note  OPENBLAS_CORETYPE is Haswell", "1 finding\n");
    }

    /// Every file with its size and time; the database's shared memory, which readers use too, aside.
    private static Map<String, Long> contents(Path root) throws IOException {
        Map<String, Long> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("-shm")
                            && !file.toString().endsWith("-wal"))
                    .forEach(file -> {
                        try {
                            contents.put(
                                    file.toString(),
                                    Files.size(file)
                                            ^ Files.getLastModifiedTime(file).toMillis());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return contents;
    }
}
