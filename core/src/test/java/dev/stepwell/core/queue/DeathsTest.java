package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that dies is one that is never heard of again: the next one finds what it left.
class DeathsTest {
    @TempDir
    Path root;

    private Workplace place;

    @BeforeEach
    void take() throws IOException {
        place = new Workplace(root, new QueuePolicy(2, Duration.ZERO, 3, Duplicates.TRAIN));
        place.take("a.jsonl");
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void a_file_in_which_the_process_dies_three_times_and_gets_nowhere_is_deadly() throws IOException {
        assertThat(claimAt(100).deaths()).isZero();
        for (int deaths = 1; deaths <= 2; deaths++) {
            die();
            Claim claim = claimAt(100);
            assertThat(claim.deaths()).isEqualTo(deaths);
            assertThat(claim.deadly()).isFalse();
            assertThat(claim.resumed()).isTrue();
        }
        die();
        Claim claim = claimAt(100);
        assertThat(claim.deadly()).isTrue();
        assertThat(place.store.history(claim.file().id()))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.deaths()).isEqualTo(3));
    }

    @Test
    void a_checkpoint_between_two_deaths_starts_the_count_anew() throws IOException {
        claimAt(100);
        die();
        claimAt(100);
        die();
        claimAt(100);
        die(); // After a checkpoint, which only the next start can tell.
        assertThat(claimAt(150).deaths()).isEqualTo(1);
        die();
        assertThat(claimAt(150).deaths()).isEqualTo(2);
        die();
        assertThat(claimAt(150).deadly()).isTrue();
    }

    @Test
    void weights_that_went_back_start_the_count_anew_too() throws IOException {
        claimAt(100);
        die();
        claimAt(100);
        die();
        claimAt(100);
        die();
        assertThat(claimAt(50).deaths()).isEqualTo(1);
    }

    @Test
    void an_interruption_in_order_starts_the_count_anew() throws IOException {
        claimAt(100);
        die();
        claimAt(100);
        die();
        Claim claim = claimAt(100);
        place.store.settle(
                claim, new TrainingOutcome.Interrupted(new RowLedger(1, 0, 0, 0, List.of()), 100), claim.earlier());
        assertThat(claimAt(100).deaths()).isZero();
        die();
        assertThat(claimAt(100).deaths()).isEqualTo(1);
    }

    @Test
    void a_process_that_dies_between_files_counts_nothing() throws IOException {
        claimAt(100);
        die();
        for (int i = 0; i < 5; i++) {
            place.restart();
            place.recover();
        }
        assertThat(claimAt(100).deaths()).isEqualTo(1);
    }

    @Test
    void a_command_between_two_deaths_loses_none_of_them() throws IOException {
        claimAt(100);
        place.restart();
        LocalQueueDesk.alone(place.base, place.store, place.surveyor, place.clock);
        place.restart();
        place.recover();
        assertThat(claimAt(100).deaths()).isEqualTo(1);
    }

    @Test
    void a_suspect_is_not_read_before_its_turn() throws IOException {
        assertThat(place.store.upNext()).isPresent();
        claimAt(100);
        die();
        assertThat(place.store.upNext()).isEmpty();
        assertThat(claimAt(100).file().name()).isEqualTo("a.jsonl");
    }

    private void die() throws IOException {
        place.restart();
        place.recover();
    }

    private Claim claimAt(long modelStep) {
        return place.store.claim(modelStep, _ -> {}, () -> {}).orElseThrow();
    }
}
