package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryTest {
    private static final AttemptMeasures MEASURES = new AttemptMeasures(0, null, null, null);

    @TempDir
    Path root;

    private Workplace place;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root);
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void nothing_is_repaired_where_nothing_is_wrong() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        new Retirement(place.base, place.store, place.surveyor, place.clock, FaultPoint.Observer.NONE)
                .trained(place.claim(), Outcomes.completed(1, 1), MEASURES);
        place.restart();
        assertThat(place.recover()).isEmpty();
    }

    @Test
    void a_file_recorded_but_not_moved_is_moved_under_the_id_it_has() throws IOException {
        crashWhileTakingAt(FaultPoint.TAKING_RECORDED);
        assertThat(kinds()).containsExactly(Repair.Kind.TAKING_CUT_SHORT);
        assertThat(place.store.unsettled()).singleElement().satisfies(file -> {
            assertThat(file.id()).isEqualTo(1);
            assertThat(file.state()).isEqualTo(FileState.WAITING);
        });
        assertThat(Workplace.names(place.base.queue())).containsExactly("1__a.jsonl");
        assertThat(Workplace.names(place.base.inbox())).isEmpty();
    }

    @Test
    void a_file_recorded_but_not_moved_and_another_by_now_is_forgotten_and_taken_anew() throws IOException {
        crashWhileTakingAt(FaultPoint.TAKING_RECORDED);
        place.drop("a.jsonl", "row of a.jsonl", "and one more");
        assertThat(kinds()).containsExactly(Repair.Kind.TAKING_CUT_SHORT);
        assertThat(place.store.unsettled()).isEmpty();
        place.look();
        assertThat(place.store.unsettled()).extracting(QueuedFile::name).containsExactly("a.jsonl");
    }

    @Test
    void a_file_recorded_but_taken_back_by_its_owner_is_forgotten() throws IOException {
        crashWhileTakingAt(FaultPoint.TAKING_RECORDED);
        Files.delete(place.base.inbox().resolve("a.jsonl"));
        assertThat(kinds()).containsExactly(Repair.Kind.TAKING_CUT_SHORT);
        assertThat(place.store.unsettled()).isEmpty();
    }

    @Test
    void a_file_moved_but_not_counted_is_counted() throws IOException {
        crashWhileTakingAt(FaultPoint.TAKING_MOVED);
        assertThat(kinds()).containsExactly(Repair.Kind.TAKING_CUT_SHORT);
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(place.claim().queueSize()).isEqualTo(1);
    }

    @Test
    void a_completed_file_that_was_not_moved_is_moved_to_the_archive() throws IOException {
        place.take("a.jsonl");
        Claim claim = place.claim();
        place.store.settle(claim, Outcomes.completed(1, 1), MEASURES);
        place.restart();
        assertThat(kinds()).containsExactly(Repair.Kind.MISPLACED);
        assertThat(Workplace.names(place.base.archive())).containsExactly("1__a.jsonl");
        assertThat(Workplace.names(place.base.queue())).isEmpty();
    }

    @Test
    void a_file_that_lies_in_the_archive_before_its_row_says_so_is_moved_back() throws IOException {
        place.take("a.jsonl");
        place.claim();
        Files.move(
                place.base.queue().resolve("1__a.jsonl"), place.base.archive().resolve("1__a.jsonl"));
        place.restart();
        assertThat(kinds()).containsExactly(Repair.Kind.TRAINING_CUT_SHORT, Repair.Kind.MISPLACED);
        assertThat(place.claim().file().path(place.base)).isRegularFile();
    }

    @Test
    void a_row_whose_file_is_gone_is_given_up_and_named() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        Files.delete(place.base.queue().resolve("1__a.jsonl"));
        place.restart();
        List<Repair> repairs = place.recover();
        assertThat(repairs).singleElement().satisfies(r -> {
            assertThat(r.kind()).isEqualTo(Repair.Kind.MISSING);
            assertThat(r.found()).contains("a.jsonl (id 1)");
        });
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.FAILED);
        assertThat(Workplace.names(place.base.failed())).containsExactly("1__a.jsonl.report.json");
    }

    @Test
    void the_last_file_of_a_drain_that_is_gone_ends_the_drain() throws IOException {
        place.take("a.jsonl");
        place.claim();
        Files.delete(place.base.queue().resolve("1__a.jsonl"));
        place.restart();
        place.recover();
        place.take("b.jsonl");
        assertThat(place.claim().number()).isEqualTo(1);
    }

    @Test
    void files_of_a_lost_database_are_adopted_under_their_ids_and_no_id_is_given_twice() throws IOException {
        place.take("a.jsonl", "b.jsonl", "c.jsonl");
        new Retirement(place.base, place.store, place.surveyor, place.clock, FaultPoint.Observer.NONE)
                .trained(place.claim(), Outcomes.completed(1, 1), MEASURES);
        Files.move(
                place.base.queue().resolve("3__c.jsonl"), place.base.archive().resolve("30__c.jsonl"));
        place.store.close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(place.base.database() + suffix));
        }
        Files.writeString(place.base.queue().resolve("by_hand.jsonl"), "row\n");
        Files.writeString(place.base.queue().resolve("notes.txt"), "not a data file\n");
        place.restart();
        assertThat(kinds()).containsExactly(Repair.Kind.UNKNOWN, Repair.Kind.UNKNOWN);
        assertThat(place.store.unsettled()).extracting(QueuedFile::id).containsExactly(2L, 31L);
        assertThat(Workplace.names(place.base.queue())).containsExactly("2__b.jsonl", "31__by_hand.jsonl", "notes.txt");
    }

    @Test
    void temporary_files_are_removed() throws IOException {
        Files.writeString(place.base.archive().resolve(".1__a.jsonl.report.json.tmp"), "{");
        Files.writeString(place.base.queue().resolve(".2__b.jsonl.tmp"), "half");
        assertThat(kinds()).containsExactly(Repair.Kind.LEFTOVER, Repair.Kind.LEFTOVER);
        assertThat(Workplace.names(place.base.archive())).isEmpty();
        assertThat(Workplace.names(place.base.queue())).isEmpty();
    }

    @Test
    void a_copy_into_the_inbox_is_left_alone_while_its_writer_lives_and_removed_when_it_died() throws Exception {
        Path source = Files.writeString(root.resolve("source.jsonl"), "row\n");
        Path low = Files.createDirectories(place.base.inbox().resolve("low"));
        Files.writeString(low.resolve(".somebody-else.tmp"), "half");
        Process writer = CopyingProcess.start(source, low);
        try (BufferedReader said = writer.inputReader()) {
            Path copy = Path.of(said.readLine());
            assertThat(place.recover()).isEmpty();
            assertThat(copy).hasSameTextualContentAs(source);

            writer.destroyForcibly().waitFor();
            assertThat(copy).exists();
            assertThat(QueueCheckup.of(place.base).disorders())
                    .singleElement()
                    .extracting(Disorder::found)
                    .asString()
                    .contains("half a copy that an add began, low/" + copy.getFileName());
            assertThat(copy).as("looking changes nothing").exists();
            assertThat(kinds()).containsExactly(Repair.Kind.LEFTOVER);
            assertThat(Workplace.names(low)).containsExactly(".somebody-else.tmp");
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    private List<Repair.Kind> kinds() throws IOException {
        List<Repair.Kind> kinds = place.recover().stream().map(Repair::kind).toList();
        assertThat(place.recover()).describedAs("a second recovery").isEmpty();
        return kinds;
    }

    private void crashWhileTakingAt(FaultPoint crash) throws IOException {
        place.observe(point -> {
            if (point == crash) {
                throw new SimulatedCrash();
            }
        });
        try {
            place.take("a.jsonl");
        } catch (SimulatedCrash _) {
            place.restart();
        }
    }

    private static final class SimulatedCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
