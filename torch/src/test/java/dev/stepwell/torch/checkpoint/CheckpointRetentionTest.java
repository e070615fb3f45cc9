package dev.stepwell.torch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.retention.Budget;
import dev.stepwell.core.retention.Decision;
import dev.stepwell.core.retention.Protection;
import dev.stepwell.core.retention.Retention;
import dev.stepwell.core.retention.RetentionPolicy;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checkpoints 2, 4, 6 and 7 of a file.
class CheckpointRetentionTest {
    @TempDir
    private Path root;

    private CheckpointStore store;

    @BeforeEach
    void train() {
        Trainers.trainAll(root, new Tiny.Settings().saveSteps(2).build(), 1);
        store = new CheckpointStore(root);
    }

    @Test
    void theNewestFewAreKeptWhateverTheBudgets() throws IOException {
        Retention.Done done = retention(2, Budget.NOTHING, Budget.NOTHING).apply();
        assertThat(done.deleted()).extracting(d -> d.item().name()).containsExactly("checkpoint-2", "checkpoint-4");
        assertThat(checkpoints()).containsExactly("checkpoint-6", "checkpoint-7");
    }

    @Test
    void theNewestValidOneIsKeptEvenIfItIsNotAmongTheNewestFew() throws IOException {
        Files.delete(root.resolve("checkpoint-7/manifest.json"));
        Files.writeString(root.resolve("checkpoint-6/config.json"), "{}");
        List<Decision> plan = retention(1, Budget.NOTHING, Budget.NOTHING).plan();
        assertThat(plan)
                .filteredOn(Decision::keeps)
                .extracting(d -> d.item().name(), d -> d.item().protection())
                .extracting(Object::toString)
                .containsExactly("(\"checkpoint-7\", NEWEST_FEW)", "(\"checkpoint-4\", NEWEST_VALID)");
        retention(1, Budget.NOTHING, Budget.NOTHING).apply();
        assertThat(new CheckpointStore(root).newestValid().newest())
                .satisfies(newest -> assertThat(newest.globalStep()).isEqualTo(4));
    }

    @Test
    void ifNoneIsValidNoneIsDeleted() throws IOException {
        for (String name : checkpoints()) {
            Files.delete(root.resolve(name).resolve("manifest.json"));
        }
        assertThat(retention(1, Budget.NOTHING, Budget.NOTHING).plan()).allMatch(Decision::keeps);
    }

    @Test
    void theOneASnapshotIsMadeOfIsKeptMeanwhile() throws IOException {
        store.newestValid();
        store.hold(4L);
        retention(1, Budget.NOTHING, Budget.NOTHING).apply();
        assertThat(checkpoints()).containsExactly("checkpoint-4", "checkpoint-7");
        store.remove(4);
        assertThat(checkpoints()).contains("checkpoint-4");
        store.hold(null);
        retention(1, Budget.NOTHING, Budget.NOTHING).apply();
        assertThat(checkpoints()).containsExactly("checkpoint-7");
    }

    @Test
    void ofEachOlderDayOneIsKept() throws IOException {
        date("checkpoint-2", "2026-03-01T08:00:00Z");
        date("checkpoint-4", "2026-03-01T20:00:00Z");
        date("checkpoint-6", "2026-03-02T08:00:00Z");
        date("checkpoint-7", "2026-03-02T20:00:00Z");
        retention(1, Budget.NOTHING, Budget.UNLIMITED).apply();
        assertThat(checkpoints()).containsExactly("checkpoint-4", "checkpoint-7");
    }

    @Test
    void orderIsThatOfTheStepsThoughAClockWasSetBack() throws IOException {
        date("checkpoint-7", "2020-01-01T00:00:00Z");
        assertThat(new CheckpointShelf(store, 1).newestFirst())
                .extracting(item -> item.name())
                .containsExactly("checkpoint-7", "checkpoint-6", "checkpoint-4", "checkpoint-2");
    }

    @Test
    void whatIsBeingWrittenIsNotLookedAt() throws IOException {
        Files.createDirectories(root.resolve(".checkpoint-9.tmp"));
        Files.createDirectories(root.resolve("passed-over-checkpoint-1"));
        retention(1, Budget.NOTHING, Budget.NOTHING).apply();
        assertThat(root.resolve(".checkpoint-9.tmp")).exists();
        assertThat(root.resolve("passed-over-checkpoint-1")).exists();
        assertThat(new CheckpointShelf(store, 1).newestFirst())
                .extracting(item -> item.protection())
                .containsExactly(Protection.NEWEST_VALID);
    }

    @Test
    void ofThoseThatWereFoundInvalidTheTwoWrittenLastAreKept() throws IOException {
        for (String written : List.of("7 2026-03-01", "6 2026-03-02", "4 2026-03-03")) {
            String step = written.substring(0, 1);
            Path invalid = root.resolve("checkpoint-" + step);
            Files.writeString(invalid.resolve("config.json"), "{}");
            date("checkpoint-" + step, written.substring(2) + "T00:00:00Z");
        }
        Files.createDirectories(root.resolve("passed-over-by-me"));
        Retention passedOver = new Retention(
                "current_model/",
                new PassedOverShelf(store),
                new RetentionPolicy(Budget.NOTHING, Budget.NOTHING, ZoneOffset.UTC),
                "");
        assertThat(passedOver.plan()).isEmpty();
        assertThat(store.newestValid().passedOver()).hasSize(3);
        assertThat(passedOver.plan())
                .extracting(d -> d.item().name() + (d.keeps() ? " kept" : " deleted"))
                .containsExactly(
                        "passed-over-checkpoint-4 kept",
                        "passed-over-checkpoint-6 kept",
                        "passed-over-checkpoint-7 deleted");
        assertThat(passedOver.apply().failed()).isEmpty();
        assertThat(passedOver.apply().deleted()).isEmpty();
        try (var entries = Files.list(root)) {
            assertThat(entries.filter(Files::isDirectory)
                            .map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "checkpoint-2",
                            "passed-over-checkpoint-4",
                            "passed-over-checkpoint-6",
                            "passed-over-by-me");
        }
    }

    private Retention retention(int keep, Budget recent, Budget daily) {
        return new Retention(
                "current_model/",
                new CheckpointShelf(store, keep),
                new RetentionPolicy(recent, daily, ZoneOffset.UTC),
                "");
    }

    private void date(String checkpoint, String time) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(checkpoint).resolve("manifest.json"), FileTime.from(Instant.parse(time)));
    }

    private List<String> checkpoints() throws IOException {
        try (var entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("checkpoint-"))
                    .sorted()
                    .toList();
        }
    }
}
