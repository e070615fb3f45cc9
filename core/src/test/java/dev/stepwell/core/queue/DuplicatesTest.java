package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTest {
    @TempDir
    Path root;

    @Test
    void a_copy_is_held_and_says_of_which_file() throws IOException {
        try (Workplace place = with(Duplicates.HOLD)) {
            drop(place, "a.jsonl");
            drop(place, "b.jsonl");
            assertThat(states(place)).containsExactly(FileState.WAITING, FileState.HELD);
            assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
            try (QueueReader reader = QueueReader.open(place.base)) {
                assertThat(reader.require(2).reason())
                        .isEqualTo("has the same content as a.jsonl (id 1, taken 2026-01-01T00:00:00Z)");
            }
            place.claim();
            place.claimNothing();
            place.restart();
            place.recover();
            assertThat(states(place)).containsExactly(FileState.INTERRUPTED, FileState.HELD);
        }
    }

    @Test
    void of_two_copies_that_arrive_together_the_first_in_order_waits() throws IOException {
        try (Workplace place = with(Duplicates.HOLD)) {
            place.drop("x_10.jsonl", "same");
            place.drop("x_2.jsonl", "same");
            place.look();
            assertThat(place.store.find(1).orElseThrow().name()).isEqualTo("x_2.jsonl");
            assertThat(states(place)).containsExactly(FileState.WAITING, FileState.HELD);
        }
    }

    @Test
    void a_copy_is_skipped_into_the_archive_with_a_report_that_names_the_other() throws IOException {
        try (Workplace place = with(Duplicates.SKIP)) {
            drop(place, "a.jsonl");
            drop(place, "b.jsonl");
            assertThat(states(place)).containsExactly(FileState.WAITING, FileState.SKIPPED);
            assertThat(Workplace.names(place.base.archive())).containsExactly("2__b.jsonl", "2__b.jsonl.report.json");
            assertThat(Files.readString(place.base.archive().resolve("2__b.jsonl.report.json")))
                    .contains("\"outcome\" : \"skipped\"", "has the same content as a.jsonl (id 1,");
        }
    }

    @Test
    void a_skip_that_was_cut_short_is_finished_by_recovery() throws IOException {
        try (Workplace place = with(Duplicates.SKIP)) {
            drop(place, "a.jsonl");
            place.observe(point -> {
                if (point == FaultPoint.REPORT_WRITTEN) {
                    throw new SimulatedCrash();
                }
            });
            try {
                drop(place, "b.jsonl");
            } catch (SimulatedCrash _) {
                place.restart();
            }
            assertThat(place.recover()).hasSize(1);
            assertThat(states(place)).containsExactly(FileState.WAITING, FileState.SKIPPED);
            assertThat(place.recover()).isEmpty();
        }
    }

    @Test
    void a_copy_is_trained_where_that_is_wanted() throws IOException {
        try (Workplace place = with(Duplicates.TRAIN)) {
            drop(place, "a.jsonl");
            drop(place, "b.jsonl");
            assertThat(states(place)).containsExactly(FileState.WAITING, FileState.WAITING);
        }
    }

    @Test
    void only_a_file_that_is_trained_in_training_or_waiting_has_copies() throws IOException {
        try (Workplace place = with(Duplicates.HOLD)) {
            drop(place, "fails.jsonl");
            place.retirement().trained(place.claim(), Outcomes.changed(1, 0), measures());
            drop(place, "trains.jsonl");
            assertThat(states(place)).containsExactly(FileState.FAILED, FileState.WAITING);
            Claim claim = place.claim();
            drop(place, "during.jsonl");
            place.retirement().trained(claim, Outcomes.completed(1, 1), measures());
            drop(place, "after.jsonl");
            assertThat(states(place))
                    .containsExactly(FileState.FAILED, FileState.COMPLETED, FileState.HELD, FileState.HELD);
        }
    }

    private Workplace with(Duplicates duplicates) throws IOException {
        return new Workplace(root, new QueuePolicy(1, Duration.ZERO, 3, duplicates));
    }

    private static void drop(Workplace place, String name) throws IOException {
        place.drop(name, "same");
        place.look();
    }

    private static AttemptMeasures measures() {
        return new AttemptMeasures(0, null, null, null);
    }

    private static List<FileState> states(Workplace place) {
        return LongStream.rangeClosed(1, place.store.newestId())
                .mapToObj(place.store::find)
                .flatMap(Optional::stream)
                .map(QueuedFile::state)
                .toList();
    }

    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
