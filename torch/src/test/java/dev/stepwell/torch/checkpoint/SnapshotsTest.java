package dev.stepwell.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.retention.Item;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.safetensors.CorruptFileException;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// At two o'clock in Berlin, which is 01:00 UTC in winter. The model was made on the first of March.
class SnapshotsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path directory;

    private Path model;
    private Path folder;
    private CheckpointStore store;
    private Instant now = Instant.parse("2026-03-02T01:00:00Z");

    @BeforeEach
    void train() throws IOException {
        model = directory.resolve("current_model");
        folder = directory.resolve("snapshots");
        Trainers.trainAll(model, Tiny.training(), 1);
        Files.setLastModifiedTime(
                model.resolve("checkpoint-7/manifest.json"), FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));
        store = new CheckpointStore(model);
        store.newestValid();
    }

    @Test
    void aSnapshotIsDueFromItsTimeOnAndIsAWholeCheckpoint() throws IOException {
        now = Instant.parse("2026-03-02T00:59:59Z");
        assertThat(snapshots().takeIfDue()).isEmpty();
        now = Instant.parse("2026-03-02T01:00:00Z");
        assertThat(snapshots().takeIfDue()).contains(folder.resolve("2026-03-02"));
        Manifest.verify(folder.resolve("2026-03-02"), 7);
        assertThat(names(folder.resolve("2026-03-02"))).isEqualTo(names(model.resolve("checkpoint-7")));
        assertThat(names(folder)).containsExactly("2026-03-02");
    }

    @Test
    void aSnapshotCanBeTrainedOnFromWhenItIsPutWhereACheckpointBelongs() throws IOException {
        snapshots().takeIfDue();
        Path restored = directory.resolve("restored");
        Files.createDirectories(restored);
        Files.move(folder.resolve("2026-03-02"), restored.resolve("checkpoint-7"));
        try (TorchTrainer trainer = Trainers.in(restored, Tiny.training())) {
            assertThat(trainer.open(_ -> {}).globalStep()).isEqualTo(7);
        }
    }

    @Test
    void oneIsMadeADayAndNoneOfAModelThatDidNotChange() throws IOException {
        assertThat(snapshots().takeIfDue()).isPresent();
        assertThat(snapshots().takeIfDue()).isEmpty();
        now = Instant.parse("2026-03-03T09:00:00Z");
        assertThat(snapshots().takeIfDue()).isEmpty();
        trainOn();
        assertThat(snapshots().takeIfDue()).contains(folder.resolve("2026-03-03"));
    }

    @Test
    void oneThatWasMissedIsMadeUpForUnderTheDayItWasMissedOn() throws IOException {
        now = Instant.parse("2026-03-05T00:30:00Z"); // Half past one in Berlin: the fifth's is not due yet.
        assertThat(snapshots().takeIfDue()).contains(folder.resolve("2026-03-04"));
    }

    @Test
    void aNewModelHasMissedNothing() throws IOException {
        now = Instant.parse("2026-03-01T20:00:00Z");
        assertThat(snapshots().takeIfDue()).isEmpty();
    }

    @Test
    void nothingThatHappensToTheModelLaterChangesASnapshot() throws IOException {
        snapshots().takeIfDue();
        trainOn();
        store.remove(7);
        assertThat(model.resolve("checkpoint-7")).doesNotExist();
        Manifest.verify(folder.resolve("2026-03-02"), 7);
    }

    @Test
    void ofACheckpointThatIsDamagedNoSnapshotIsMadeAndItIsTriedAgain() throws IOException {
        byte[] good = Files.readAllBytes(model.resolve("checkpoint-7/config.json"));
        Files.writeString(model.resolve("checkpoint-7/config.json"), "{}");
        assertThatThrownBy(() -> snapshots().takeIfDue()).isInstanceOf(CorruptFileException.class);
        assertThat(names(folder)).isEmpty();
        assertThat(store.held()).isNull();
        Files.write(model.resolve("checkpoint-7/config.json"), good);
        assertThat(snapshots().takeIfDue()).isPresent();
    }

    @Test
    void whatACrashLeftIsRemoved() throws IOException {
        Files.createDirectories(folder.resolve(".2026-03-01.tmp"));
        Files.writeString(folder.resolve(".2026-03-01.tmp/config.json"), "half");
        Files.createDirectories(folder.resolve(".deleted-2026-01-01"));
        Files.createDirectories(folder.resolve("mine"));
        snapshots().takeIfDue();
        assertThat(names(folder)).containsExactly("2026-03-02", "mine");
    }

    @Test
    void retentionSeesSnapshotsNewestFirstAndNothingElse() throws IOException {
        for (String name : List.of("2026-02-01", "2026-02-03", "2026-02-02", "mine")) {
            Files.createDirectories(folder.resolve(name));
            Files.writeString(folder.resolve(name).resolve("x"), "123");
        }
        SnapshotShelf shelf = new SnapshotShelf(folder, 1, BERLIN);
        assertThat(shelf.newestFirst())
                .extracting(Item::name)
                .containsExactly("2026-02-03", "2026-02-02", "2026-02-01");
        assertThat(shelf.newestFirst()).extracting(Item::bytes).containsOnly(3L);
        shelf.delete(shelf.newestFirst().getLast());
        assertThat(names(folder)).containsExactly("2026-02-02", "2026-02-03", "mine");
    }

    @Test
    void aDayOnWhichTheClockSkipsTheTimeHasItsSnapshotAllTheSame() {
        // On 29 March 2026 the clock goes from two to three.
        SnapshotSchedule schedule = new SnapshotSchedule(LocalTime.of(2, 30), BERLIN);
        assertThat(schedule.dueDay(Instant.parse("2026-03-29T01:29:59Z"))).isEqualTo("2026-03-28");
        assertThat(schedule.dueDay(Instant.parse("2026-03-29T01:30:00Z"))).isEqualTo("2026-03-29");
    }

    private Snapshots snapshots() {
        return new Snapshots(folder, store, new SnapshotSchedule(LocalTime.of(2, 0), BERLIN), () -> now);
    }

    private void trainOn() throws IOException {
        Trainers.trainAll(model, Tiny.training(), 2);
        store.newestValid();
    }

    private static List<String> names(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
