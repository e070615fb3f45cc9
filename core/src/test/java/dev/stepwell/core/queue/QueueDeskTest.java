package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.queue.DeskAnswer.Done;
import dev.stepwell.core.queue.DeskAnswer.Reason;
import dev.stepwell.core.queue.DeskAnswer.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Every request and every answer goes through JSON, as it would to a desk in another process.
class QueueDeskTest {
    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private Workplace place;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root, new QueuePolicy(2, Duration.ofSeconds(30), 3, Duplicates.HOLD));
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void a_file_that_waits_is_held_released_given_priority_removed_and_put_back() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        assertThat(done(new DeskRequest.Hold("a.jsonl")).state()).isEqualTo(FileState.HELD);
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(done(new DeskRequest.Prioritize("1", Priority.HIGH)).priority())
                .isEqualTo(Priority.HIGH);
        assertThat(done(new DeskRequest.Release("1")).state()).isEqualTo(FileState.WAITING);
        assertThat(done(new DeskRequest.Remove("2__b.jsonl")).state()).isEqualTo(FileState.REMOVED);
        assertThat(Workplace.names(place.base.removed())).containsExactly("2__b.jsonl", "2__b.jsonl.report.json");
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(done(new DeskRequest.Retry("2")).state()).isEqualTo(FileState.WAITING);
        assertThat(Workplace.names(place.base.removed())).isEmpty();
        assertThat(Workplace.names(place.base.queue())).containsExactly("1__a.jsonl", "2__b.jsonl");
        assertThat(place.claim().file().name()).isEqualTo("a.jsonl");
    }

    @Test
    void totals_count_what_waits_how_files_ended_and_each_row_once_a_pass() throws IOException {
        place.take("a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl");
        done(new DeskRequest.Prioritize("c.jsonl", Priority.HIGH));
        done(new DeskRequest.Remove("d.jsonl"));
        Claim first = place.claim();
        place.retirement().trained(first, Outcomes.completed(1, 1), new AttemptMeasures(0, 2.0, 1.5, 1));

        try (QueueReader reader = QueueReader.open(place.base)) {
            assertThat(reader.totals())
                    .isEqualTo(new QueueTotals(
                            Map.of(Priority.NORMAL, 2L),
                            Map.of(FileState.WAITING, 2L, FileState.COMPLETED, 1L, FileState.REMOVED, 1L),
                            1,
                            0));
            FileSummary learnt = reader.require(first.file().id());
            assertThat(learnt.learnt()).isEqualTo(new FileSummary.Learnt(1L, 2.0, 1.5, 0));
        }
    }

    @Test
    void a_file_in_training_is_refused_with_the_remedy_and_stays_as_it_is() throws IOException {
        place.take("a.jsonl");
        place.claim();
        for (DeskRequest request : List.of(
                new DeskRequest.Hold("1"),
                new DeskRequest.Remove("1"),
                new DeskRequest.Retry("1"),
                new DeskRequest.Release("1"),
                new DeskRequest.Prioritize("1", Priority.LOW))) {
            Refused refused = refused(request);
            assertThat(refused.reason()).isEqualTo(Reason.WRONG_STATE);
            assertThat(refused.problem()).contains("a.jsonl (id 1) cannot be", "it is in training");
            assertThat(refused.remedy()).contains("./stepwell skip", "./stepwell stop");
        }
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.TRAINING);
        assertThat(Workplace.names(place.base.removed())).isEmpty();
    }

    @Test
    void a_file_that_a_dead_daemon_left_in_training_can_be_removed_while_none_runs() throws IOException {
        place.take("kills.jsonl");
        place.claim();
        place.restart();
        QueueDesk desk = LocalQueueDesk.alone(place.base, place.store, place.surveyor, place.clock);
        assertThat(desk.answer(new DeskRequest.Remove("kills.jsonl"))).isInstanceOf(Done.class);
        assertThat(place.store.isDrained()).isTrue();
        assertThat(place.store.history(1))
                .singleElement()
                .satisfies(a -> assertThat(a.outcome()).isEqualTo("interrupted"));
    }

    @Test
    void an_ambiguous_name_is_refused_with_the_ids() throws IOException {
        for (int i = 0; i < 3; i++) {
            place.drop("same.jsonl", "row " + i);
            place.look();
        }
        Refused refused = refused(new DeskRequest.Hold("same.jsonl"));
        assertThat(refused.reason()).isEqualTo(Reason.AMBIGUOUS_NAME);
        assertThat(refused.ids()).containsExactly(3L, 2L, 1L);
        assertThat(refused.problem()).contains("3 (waiting), 2 (waiting), 1 (waiting)");
        assertThat(place.store.counts().waitingFiles()).isEqualTo(3);
        assertThat(refused(new DeskRequest.Show("none.jsonl")).reason()).isEqualTo(Reason.UNKNOWN_FILE);
        assertThat(refused(new DeskRequest.Show("99999999999999999999")).reason())
                .isEqualTo(Reason.UNKNOWN_FILE);
    }

    @Test
    void a_failed_file_gets_its_attempts_anew_and_one_in_its_back_off_need_not_wait() throws IOException {
        place.take("a.jsonl");
        fail(place.claim());
        FileSummary waiting = list(Set.of(), 0).getFirst();
        assertThat(waiting.readyAt()).isEqualTo(place.clock.instant().plusSeconds(30));
        assertThat(waiting.reason()).isEqualTo("failed once, by NonFiniteLoss: the loss was NaN");
        done(new DeskRequest.Retry("1"));
        fail(place.claim());
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.FAILED);
        FileSummary again = done(new DeskRequest.Retry("1"));
        assertThat(again.state()).isEqualTo(FileState.WAITING);
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(Workplace.names(place.base.failed())).isEmpty();
        fail(place.claim());
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.WAITING);
    }

    @Test
    void a_file_whose_bytes_are_gone_or_others_is_not_put_back() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        place.drop("c.jsonl", "bad");
        place.look();
        for (int i = 0; i < 2; i++) {
            place.retirement().trained(place.claim(), Outcomes.changed(1, 0), measures());
        }
        Files.writeString(place.base.failed().resolve("1__a.jsonl"), "other\n");
        Files.delete(place.base.failed().resolve("2__b.jsonl"));
        for (String file : List.of("1", "2", "3")) {
            assertThat(refused(new DeskRequest.Retry(file)).reason()).isEqualTo(Reason.UNUSABLE_CONTENT);
        }
        assertThat(place.store.isDrained()).isTrue();
        assertThat(Workplace.names(place.base.queue())).isEmpty();
    }

    @Test
    void show_tells_rows_attempts_and_epochs_that_sum() throws IOException {
        place.drop("a.jsonl", "1", "bad", "2");
        place.look();
        Files.createDirectories(place.base.currentModel().resolve("checkpoint-7"));
        Files.createDirectories(place.base.currentModel().resolve("checkpoint-12"));
        Claim claim = place.store.claim(10, _ -> {}, () -> {}).orElseThrow();
        place.clock.advance(Duration.ofSeconds(9));
        place.retirement()
                .trained(claim, Outcomes.failedInSecondEpoch(3, 1, 3, 12), new AttemptMeasures(10, 2.0, 1.0, 2));
        FileDetails shown = ((DeskAnswer.Details) ask(new DeskRequest.Show("1"))).file();
        assertThat(shown.usable()).isEqualTo(2);
        assertThat(shown.rejections())
                .singleElement()
                .satisfies(r -> assertThat(r.line()).isEqualTo(2));
        assertThat(shown.checkpoints()).containsExactly(12L);
        assertThat(shown.durationSeconds()).isEqualTo(9.0);
        assertThat(shown.sha256()).hasSize(64);
        AttemptRecord attempt = shown.attempts().getFirst();
        assertThat(attempt.stepsKept()).isEqualTo(2);
        assertThat(attempt.rows())
                .hasSize(2)
                .allSatisfy(
                        e -> assertThat(e.trained() + e.left() + e.rejected()).isEqualTo(3));
        assertThat(attempt.rows().getLast().left()).isEqualTo(1);
    }

    @Test
    void a_list_has_what_is_active_first_and_no_more_than_is_asked_for() throws IOException {
        place.take("done.jsonl");
        place.retirement().trained(place.claim(), Outcomes.completed(1, 1), measures());
        place.take("w1.jsonl", "w2.jsonl", "w3.jsonl", "w4.jsonl", "high/now.jsonl");
        place.claim();
        done(new DeskRequest.Hold("w2.jsonl"));
        assertThat(list(Set.of(), 2))
                .extracting(FileSummary::name)
                .containsExactly("now.jsonl", "w2.jsonl", "w1.jsonl", "w3.jsonl", "done.jsonl");
        assertThat(list(Set.of(FileState.WAITING), 0)).hasSize(3);
        DeskAnswer.Listing all = (DeskAnswer.Listing) ask(new DeskRequest.ListFiles(Set.of(), 1));
        assertThat(all.counts())
                .containsEntry(FileState.WAITING, 3L)
                .containsEntry(FileState.HELD, 1L)
                .doesNotContainKey(FileState.FAILED);
    }

    @Test
    void what_is_added_is_a_copy_that_waits_or_says_why_not() throws IOException {
        Path source = Files.writeString(elsewhere.resolve("new.jsonl"), "row\n");
        QueueDesk alone = LocalQueueDesk.alone(place.base, place.store, place.surveyor, place.clock);
        Done added = (Done) alone.answer(new DeskRequest.Add(source.toString(), Priority.HIGH));
        assertThat(added.file()).isNotNull().satisfies(f -> {
            assertThat(f.state()).isEqualTo(FileState.WAITING);
            assertThat(f.priority()).isEqualTo(Priority.HIGH);
        });
        Done copy = (Done) alone.answer(new DeskRequest.Add(source.toString(), Priority.NORMAL));
        assertThat(Objects.requireNonNull(copy.file()).state()).isEqualTo(FileState.HELD);
        assertThat(source).exists();
        for (String none : List.of("missing.jsonl", ".", "notes.txt")) {
            Path path = elsewhere.resolve(none);
            if (none.equals("notes.txt")) {
                Files.writeString(path, "x");
            }
            assertThat(alone.answer(new DeskRequest.Add(path.toString(), Priority.NORMAL)))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void copies_into_the_inbox_never_replace_each_other() throws IOException {
        InboxDrop drop = new InboxDrop(place.base);
        Path source = elsewhere.resolve("same.jsonl");
        for (int i = 0; i < 3; i++) {
            Files.writeString(source, "row %d\n".formatted(i));
            drop.copy(source, Priority.LOW);
        }
        place.clock.advance(Duration.ofDays(3650)); // So that all of them have settled.
        place.look();
        assertThat(place.store.unsettled()).hasSize(3).allSatisfy(f -> {
            assertThat(f.name()).isEqualTo("same.jsonl");
            assertThat(f.priority()).isEqualTo(Priority.LOW);
        });
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such permissions")
    void a_copy_is_as_private_as_its_original_and_nothing_else_is_left() throws IOException {
        Path source = Files.writeString(elsewhere.resolve("private.jsonl"), "row\n".repeat(100_000));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r--------"));
        Path copy = new InboxDrop(place.base).copy(source, Priority.NORMAL);
        assertThat(copy).hasSameBinaryContentAs(source);
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(Files.getLastModifiedTime(source));
        assertThat(Workplace.names(place.base.inbox())).containsExactly("private.jsonl");
    }

    private List<FileSummary> list(Set<FileState> states, int limit) throws IOException {
        return ((DeskAnswer.Listing) ask(new DeskRequest.ListFiles(states, limit))).files();
    }

    private FileSummary done(DeskRequest request) throws IOException {
        return Objects.requireNonNull(((Done) ask(request)).file());
    }

    private Refused refused(DeskRequest request) throws IOException {
        return (Refused) ask(request);
    }

    private DeskAnswer ask(DeskRequest request) throws IOException {
        QueueDesk desk = LocalQueueDesk.ofDaemon(place.base, place.store, place.surveyor, place.clock);
        DeskRequest read = DeskJson.readRequest(DeskJson.write(request));
        assertThat(read).isEqualTo(request);
        DeskAnswer answer = desk.answer(read);
        assertThat(DeskJson.readAnswer(DeskJson.write(answer))).isEqualTo(answer);
        return answer;
    }

    private void fail(Claim claim) throws IOException {
        place.retirement().trained(claim, Outcomes.failed(1, 0), measures());
    }

    private static AttemptMeasures measures() {
        return new AttemptMeasures(0, null, null, null);
    }
}
