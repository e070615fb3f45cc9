package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RetryTest {
    @TempDir
    Path root;

    private Workplace place;

    @BeforeEach
    void open() throws IOException {
        place = new Workplace(root, QueuePolicy.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        place.close();
    }

    @Test
    void a_file_that_failed_waits_behind_fresh_ones_and_counts_as_waiting_again() throws IOException {
        place.take("high/a.jsonl", "b.jsonl", "low/c.jsonl");
        Claim first = place.claim();
        assertThat(first.queueSize()).isEqualTo(3);
        fail(first);
        assertThat(place.store.counts().waitingFiles()).isEqualTo(3);
        assertThat(place.store.counts().waitingSteps()).isEqualTo(3);
        place.clock.advance(Duration.ofSeconds(31)); // Its back-off is over, and yet the others go first.

        Claim second = place.claim();
        assertThat(second.file().name()).isEqualTo("b.jsonl");
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.queueSize()).isEqualTo(4);
        complete(second);
        assertThat(place.claim().file().name()).isEqualTo("c.jsonl");
    }

    @Test
    void the_back_off_doubles_and_nothing_is_claimed_before_it_is_over() throws IOException {
        place.take("a.jsonl");
        assertThat(place.store.untilNextReady()).contains(Duration.ZERO);
        for (int seconds : List.of(30, 60)) {
            fail(place.claim());
            assertThat(place.store.untilNextReady()).contains(Duration.ofSeconds(seconds));
            place.clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            place.claimNothing();
            assertThat(place.store.untilNextReady()).contains(Duration.ofMillis(1));
            assertThat(place.store.isDrained()).isFalse();
            place.clock.advance(Duration.ofMillis(1));
        }
        assertThat(place.claim().number()).isEqualTo(3);
        assertThat(place.store.untilNextReady()).isEmpty();
    }

    @Test
    void the_third_failure_gives_it_up_and_the_report_names_every_attempt() throws IOException {
        place.take("a.jsonl");
        Instant began = place.clock.instant();
        for (int i = 0; i < 3; i++) {
            fail(place.claim(), FailureType.NON_FINITE_LOSS, 4 + i);
            place.clock.advance(Duration.ofMinutes(2));
        }
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(FileState.FAILED);
        assertThat(place.store.isDrained()).isTrue();
        assertThat(Workplace.names(place.base.failed())).containsExactly("1__a.jsonl", "1__a.jsonl.report.json");
        JsonNode report = JsonMapper.shared()
                .readTree(Files.readAllBytes(place.base.failed().resolve("1__a.jsonl.report.json")));
        assertThat(report.get("attempts").intValue()).isEqualTo(3);
        assertThat(report.get("attempt_log")).hasSize(3).allSatisfy(attempt -> {
            assertThat(attempt.get("outcome").stringValue()).isEqualTo("failed");
            assertThat(attempt.at("/error/type").stringValue()).isEqualTo("NonFiniteLoss");
            assertThat(attempt.get("ended_at").isNull()).isFalse();
            JsonNode epoch = attempt.at("/rows/0");
            assertThat(epoch.get("trained").intValue()
                            + epoch.get("left").intValue()
                            + epoch.get("rejected").intValue())
                    .isEqualTo(epoch.get("rows").intValue());
        });
        assertThat(report.at("/attempt_log/0/started_at").stringValue()).isEqualTo(began.toString());
        assertThat(report.at("/attempt_log/0/number").intValue()).isEqualTo(1);
        assertThat(report.at("/attempt_log/2/number").intValue()).isEqualTo(3);
        assertThat(report.at("/attempt_log/2/steps_kept").intValue()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(FailureType.class)
    void a_failure_that_lies_in_the_file_itself_gives_it_up_at_once(FailureType type) throws IOException {
        place.take("a.jsonl");
        fail(place.claim(), type, 0);
        boolean lasting = List.of(FailureType.FILE_MISSING, FailureType.FILE_CHANGED, FailureType.NO_USABLE_ROWS)
                .contains(type);
        assertThat(place.store.find(1).orElseThrow().state()).isEqualTo(lasting ? FileState.FAILED : FileState.WAITING);
    }

    @Test
    void a_back_off_survives_a_restart() throws IOException {
        place.take("a.jsonl");
        fail(place.claim());
        place.restart();
        assertThat(place.recover()).isEmpty();
        assertThat(place.store.counts().waitingFiles()).isEqualTo(1);
        place.claimNothing();
        place.clock.advance(Duration.ofSeconds(30));
        Claim again = place.claim();
        assertThat(again.number()).isEqualTo(2);
        assertThat(again.resumed()).isFalse();
    }

    @Test
    void a_clock_that_is_set_back_does_not_make_it_wait_for_ever() throws IOException {
        place.take("a.jsonl");
        fail(place.claim());
        place.clock.advance(Duration.ofDays(-365));
        assertThat(place.store.untilNextReady()).contains(Duration.ZERO);
        assertThat(place.claim().number()).isEqualTo(2);
    }

    @Test
    void a_new_attempt_counts_the_steps_that_earlier_ones_left_in_the_weights() throws IOException {
        place.take("a.jsonl", "b.jsonl");
        place.store.settle(
                place.store.claim(100, _ -> {}, () -> {}).orElseThrow(),
                Outcomes.interrupted(1, 0, 110),
                new AttemptMeasures(100, null, null, null));
        assertThat(place.store.byHand().hold(1)).isTrue();
        Claim other = place.store.claim(110, _ -> {}, () -> {}).orElseThrow();
        assertThat(other.earlier().baseStep()).isEqualTo(110);
        place.store.settle(other, Outcomes.completed(1, 115), new AttemptMeasures(110, null, null, null));
        assertThat(place.store.byHand().release(1)).isTrue();
        Claim again = place.store.claim(115, _ -> {}, () -> {}).orElseThrow();
        assertThat(again.earlier().baseStep()).isEqualTo(105);
        assertThat(again.resumed()).isFalse();
        assertThat(again.number()).isEqualTo(3);
    }

    private void fail(Claim claim) throws IOException {
        fail(claim, FailureType.NON_FINITE_LOSS, 0);
    }

    private void fail(Claim claim, FailureType type, long globalStep) throws IOException {
        place.retirement()
                .trained(
                        claim,
                        new TrainingOutcome.Failed(
                                Outcomes.failed(1, 0).ledger(), type.word(), "it did not work", globalStep),
                        new AttemptMeasures(0, null, null, null));
    }

    private void complete(Claim claim) throws IOException {
        place.retirement().trained(claim, Outcomes.completed(1, 1), new AttemptMeasures(0, null, null, null));
    }
}
