package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.progress.Backlog;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueStoreTest {
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
    void after_a_kill_in_file_6_of_22_it_says_6_of_22() throws IOException {
        place.take(IntStream.rangeClosed(1, 22)
                .mapToObj("syllo_batch_autogen_%02d.jsonl"::formatted)
                .toArray(String[]::new));
        for (int i = 1; i <= 5; i++) {
            complete(place.claim());
        }
        Claim sixth = place.claim();
        assertThat(sixth.number()).isEqualTo(6);
        assertThat(sixth.queueSize()).isEqualTo(22);

        place.restart();
        place.recover();

        Claim again = place.claim();
        assertThat(again.file().name()).isEqualTo("syllo_batch_autogen_06.jsonl");
        assertThat(again.resumed()).isTrue();
        assertThat(again.attemptId()).isEqualTo(sixth.attemptId());
        assertThat(again.number()).isEqualTo(6);
        assertThat(again.queueSize()).isEqualTo(22);
        assertThat(place.store.attempts(again.file().id())).isEqualTo(1);
    }

    @Test
    void files_that_arrive_during_a_drain_raise_its_size_and_a_new_drain_counts_from_one() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        Claim first = place.claim();
        place.take("c.jsonl");
        assertThat(first.number() + place.store.counts().waitingFiles()).isEqualTo(3);
        complete(first);
        complete(place.claim());
        Claim third = place.claim();
        assertThat(third.number()).isEqualTo(3);
        complete(third);
        place.claimNothing();

        place.take("d.jsonl");
        Claim fourth = place.claim();
        assertThat(fourth.number()).isEqualTo(1);
        assertThat(fourth.queueSize()).isEqualTo(1);
    }

    @Test
    void a_file_that_arrives_before_anybody_found_the_queue_empty_is_of_the_same_drain() throws IOException {
        place.take("a.jsonl");
        complete(place.claim());
        place.take("b.jsonl");
        Claim second = place.claim();
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.queueSize()).isEqualTo(2);
    }

    @Test
    void files_are_claimed_by_priority_then_arrival_then_natural_name() throws IOException {
        place.take("early_10.jsonl", "early_2.jsonl", "low/x.jsonl");
        place.clock.advance(Duration.ofSeconds(2));
        place.take("late_1.jsonl", "Late_01.jsonl", "high/deep/er/z.jsonl", "low/a.jsonl");
        assertThat(drain())
                .containsExactly(
                        "z.jsonl",
                        "early_2.jsonl",
                        "early_10.jsonl",
                        "Late_01.jsonl",
                        "late_1.jsonl",
                        "x.jsonl",
                        "a.jsonl");
    }

    @Test
    void an_interrupted_file_goes_on_before_anything_else() throws IOException {
        place.take("low/slow.jsonl");
        Claim slow = place.claim();
        place.take("high/urgent.jsonl");
        place.store.settle(slow, new TrainingOutcome.Interrupted(ledger(), 4), new AttemptMeasures(3, 2.5, 2.25, 1));
        Claim again = place.claim();
        assertThat(again.file().name()).isEqualTo("slow.jsonl");
        assertThat(again.earlier()).isEqualTo(new AttemptMeasures(3, 2.5, 2.25, 1));
        assertThat(again.number()).isEqualTo(1);
        assertThat(again.queueSize()).isEqualTo(2);
    }

    @Test
    void a_claim_is_announced_before_any_later_change() throws IOException {
        List<Long> revisions = new ArrayList<>();
        place.store.onChange(c -> revisions.add(c.revision()));
        place.take("a.jsonl", "b.jsonl");
        place.store.claim(0, c -> revisions.add(c.counts().revision()), () -> {});
        place.take("c.jsonl");
        assertThat(revisions).hasSize(3).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void counts_are_those_of_the_rows_after_a_restart() throws IOException {
        place.drop("a.jsonl", "1", "2", "bad", "3");
        place.drop("b.jsonl", "1", "2");
        place.look();
        place.claim();
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(place.store.counts().waitingSteps()).isEqualTo(2);
        assertThat(place.store.counts().backlog()).isEqualTo(new Backlog(1, 2, 4, 14));
        place.restart();
        assertThat(place.store.counts().backlog()).isEqualTo(new Backlog(1, 2, 4, 14));
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        assertThat(place.store.counts().waitingSteps()).isEqualTo(2);
    }

    @Test
    void files_that_were_not_sampled_have_as_many_tokens_for_their_bytes_as_the_others() {
        assertThat(new QueueCounts(1, 3, 30, 4_000, 700, 1_000, 0).backlog())
                .isEqualTo(new Backlog(3, 30, 4_000, 2_800));
        assertThat(new QueueCounts(1, 3, 30, 4_000).backlog()).isEqualTo(new Backlog(3, 30, 4_000, 0));
    }

    @Test
    void a_claim_walks_one_index_and_sorts_nothing() {
        try (Handle handle = SqliteFile.open(place.base.database(), SqliteFile.Durability.POWER_LOSS)) {
            assertThat(plan(handle, QueueStatements.NEXT))
                    .containsExactly("SEARCH file USING INDEX file_turn (turn>?)");
            assertThat(plan(handle, QueueStatements.ANY_PENDING))
                    .containsExactly(
                            "SCAN CONSTANT ROW", "SCALAR SUBQUERY 1", "SCAN file USING COVERING INDEX file_pending");
            assertThat(plan(
                            handle,
                            QueueStatements.ORIGINAL.replace(":sha", "'00'").replace(":id", "1")))
                    .containsExactly("SEARCH file USING INDEX file_sha256 (sha256=?)");
        }
    }

    @Test
    void the_database_survives_a_loss_of_power_and_is_read_while_it_is_written() {
        try (Handle handle = SqliteFile.open(place.base.database(), SqliteFile.Durability.POWER_LOSS)) {
            assertThat(pragma(handle, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(handle, "synchronous")).isEqualTo("2");
            assertThat(pragma(handle, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(handle, "busy_timeout")).isEqualTo("5000");
        }
    }

    @Test
    void a_database_of_a_newer_program_is_refused_naming_both_versions() {
        try (Handle handle = SqliteFile.open(place.base.database(), SqliteFile.Durability.POWER_LOSS)) {
            handle.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(place::restart)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 99")
                .hasMessageContaining("up to " + QueueSchema.VERSION);
    }

    @Test
    void a_file_that_is_no_database_is_named(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("stepwell.db"), "no database, but long enough. ".repeat(100));
        assertThatThrownBy(() -> QueueStore.open(file, place.clock).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not a database");
    }

    private List<String> drain() {
        List<String> names = new ArrayList<>();
        while (!place.store.isDrained()) {
            Claim claim = place.claim();
            names.add(claim.file().name());
            complete(claim);
        }
        return names;
    }

    private void complete(Claim claim) {
        place.store.settle(claim, new TrainingOutcome.Completed(ledger(), 1), new AttemptMeasures(0, null, null, null));
    }

    private static RowLedger ledger() {
        return new RowLedger(1, 0, 0, 1, List.of());
    }

    private static List<String> plan(Handle handle, String query) {
        return handle.createQuery("EXPLAIN QUERY PLAN " + query)
                .map((rs, _) -> rs.getString("detail"))
                .list();
    }

    private static String pragma(Handle handle, String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
    }
}
