package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.Duplicates;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.QueuePolicy;
import dev.stepwell.core.queue.Workplace;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.LiveStatus;
import dev.stepwell.core.status.Recorder;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.RowLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DaemonTest {
    @TempDir
    Path root;

    @Test
    void it_trains_what_lies_in_the_inbox_in_natural_order_and_ends() throws IOException {
        House.drop(root, "b_10.jsonl", "10");
        House.drop(root, "b_2.jsonl", "2a", "bad", "2b");
        House.drop(root, "b_1.jsonl", "1");
        try (House house = House.once(root)) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).containsExactly("1", "2a", "2b", "10");
            assertThat(house.trainer.closed).isTrue();
            assertThat(house.board.latest().state()).isEqualTo(DaemonState.COMPLETED);
            assertThat(house.board.latest().progress()).isEqualTo(new Progress(3, 1, 1, 3, 3));
            assertThat(Workplace.names(house.base.archive())).hasSize(6);
            assertThat(Workplace.names(house.base.queue())).isEmpty();
        }
    }

    @Test
    void a_report_says_what_became_of_a_file() throws IOException {
        House.drop(root, "a.jsonl", "1", "bad", "2", "3");
        try (House house = House.once(root)) {
            house.daemon.run();
            JsonNode report = JsonMapper.shared()
                    .readTree(Files.readAllBytes(house.base.archive().resolve("1__a.jsonl.report.json")));
            assertThat(report.get("schema_version").intValue()).isEqualTo(1);
            assertThat(report.get("outcome").stringValue()).isEqualTo("completed");
            assertThat(report.at("/rows/total").longValue()).isEqualTo(4);
            assertThat(report.at("/rows/usable").longValue()).isEqualTo(3);
            assertThat(report.at("/rows/trained").longValue()).isEqualTo(3);
            assertThat(report.at("/training/steps").longValue()).isEqualTo(3);
            assertThat(report.at("/training/epochs").intValue()).isEqualTo(1);
            assertThat(report.at("/training/first_loss").doubleValue()).isEqualTo(1.0);
            assertThat(report.at("/training/last_loss").doubleValue()).isEqualTo(1.0 / 3);
            assertThat(report.get("attempts").intValue()).isEqualTo(1);
            assertThat(report.get("error").isNull()).isTrue();
            assertThat(report.at("/training/duration_seconds").doubleValue()).isNotNegative();
        }
    }

    @Test
    void rows_that_are_held_out_are_a_count_of_their_own() throws IOException {
        House.drop(root, "a.jsonl", "1", "held", "bad", "2", "held");
        try (House house = House.once(root)) {
            house.daemon.run();
            assertThat(house.trainer.weights()).containsExactly("1", "2");
            FileReport report = report(house, "1__a.jsonl");
            assertThat(Objects.requireNonNull(report.rows()))
                    .isEqualTo(new FileReport.Rows(5, 2, 2, 1, 0, 2, List.of(), 1));
            assertThat(report.attemptLog().getFirst().rows()).containsExactly(new RowLedger.Epoch(0, 5, 2, 0, 2, 1, 0));
        }
    }

    @Test
    void a_file_of_which_all_is_held_out_or_refused_is_completed_without_a_step_and_the_queue_goes_on()
            throws IOException {
        House.drop(root, "a.jsonl", "held", "bad");
        House.drop(root, "b.jsonl", "1");
        try (House house = House.once(root)) {
            house.daemon.run();
            assertThat(house.trainer.weights()).containsExactly("1");
            FileReport report = report(house, "1__a.jsonl");
            assertThat(report.outcome()).isEqualTo("completed");
            assertThat(report.attemptLog().getFirst().rows()).containsExactly(new RowLedger.Epoch(0, 2, 0, 0, 1, 1, 0));
            assertThat(house.board.latest().state()).isEqualTo(DaemonState.COMPLETED);
        }
    }

    private static FileReport report(House house, String storedName) throws IOException {
        return FileReport.read(Files.readAllBytes(house.base.archive().resolve(storedName + FileReport.SUFFIX)));
    }

    @Test
    void those_who_record_hear_of_every_attempt_from_its_beginning_to_its_end() throws IOException {
        House.drop(root, "a.jsonl", "1", "bad", "2");
        House.drop(root, "b.jsonl", "3");
        List<String> told = new ArrayList<>();
        try (House house = House.once(root)) {
            try (StatusPublisher publisher = new StatusPublisher(
                    house.board,
                    new ProcessIdentity(1, "boot", Instant.EPOCH),
                    new Limits(1, 1),
                    root.resolve("status.json"))) {
                publisher.record(new Recorder() {
                    @Override
                    public void attemptBegan(FileAttempt attempt, Instant at) {
                        told.add("%s from %d".formatted(attempt.file(), attempt.baseStep()));
                    }

                    @Override
                    public void attemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) {
                        told.add("%s at %d: %s".formatted(attempt.file(), end.step(), end.rows()));
                    }
                });
                house.daemon.run();
            }
            assertThat(house.store.attemptsEndedSince(Instant.EPOCH))
                    .extracting(
                            past -> past.attempt().file(),
                            past -> past.end().rows(),
                            past -> past.end().step())
                    .as("the queue knows the same")
                    .containsExactly(
                            tuple("a.jsonl", new AttemptEnd.Rows(3, 2, 1, 0), 2L),
                            tuple("b.jsonl", new AttemptEnd.Rows(1, 1, 0, 0), 3L));
        }
        assertThat(told)
                .containsExactly(
                        "a.jsonl from 0",
                        "a.jsonl at 2: Rows[total=3, trained=2, rejected=1, heldOut=0]",
                        "b.jsonl from 2",
                        "b.jsonl at 3: Rows[total=1, trained=1, rejected=0, heldOut=0]");
    }

    @Test
    void a_stopped_file_goes_on_where_it_was_as_the_same_attempt() throws IOException {
        House.drop(root, "a.jsonl", "1", "2", "3", "4", "5", "6", "7");
        House.drop(root, "b.jsonl", "8");
        AtomicReference<House> running = new AtomicReference<>();
        int[] steps = {0};
        try (House house = new House(root, true, FaultPoint.Observer.NONE, () -> {
            if (++steps[0] == 5) {
                var _ = Objects.requireNonNull(running.get()).control.ask(Command.STOP);
            }
        })) {
            running.set(house);
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Stopped());
            assertThat(house.board.latest().state()).isEqualTo(DaemonState.STOPPED);
            assertThat(house.board.latest().progress()).isEqualTo(new Progress(0, 5, 7, 1, 2));
            assertThat(house.store.find(1).orElseThrow().state()).isEqualTo(FileState.INTERRUPTED);
        }
        try (House house = House.once(root)) {
            assertThat(house.repairs).isEmpty();
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
            assertThat(house.store.attempts(1)).isEqualTo(1);
            assertThat(house.board.latest().progress()).isEqualTo(new Progress(7, 1, 1, 2, 2));
            assertThat(Files.readString(house.base.archive().resolve("1__a.jsonl.report.json")))
                    .contains("\"steps\" : 7", "\"first_loss\" : 1.0", "\"trained\" : 7");
        }
    }

    @Test
    void a_file_that_fails_is_put_aside_with_its_report_and_the_queue_goes_on() throws IOException {
        House.drop(root, "a.jsonl", "1", "NaN");
        House.drop(root, "b.jsonl", "2");
        try (House house = House.once(root)) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).containsExactly("2");
            assertThat(Workplace.names(house.base.failed())).containsExactly("1__a.jsonl", "1__a.jsonl.report.json");
            assertThat(Files.readString(house.base.failed().resolve("1__a.jsonl.report.json")))
                    .contains("\"type\" : \"NonFiniteLoss\"", "\"outcome\" : \"failed\"");
            assertThat(house.board.latest().progress()).isEqualTo(new Progress(0, 1, 1, 2, 2));
        }
    }

    @Test
    void a_file_that_failed_is_tried_again_behind_the_others_and_goes_on_after_the_steps_kept() throws IOException {
        House.drop(root, "a.jsonl", "1", "2", "3", "4", "flaky");
        House.drop(root, "b.jsonl", "NaN");
        List<Progress> seen = new ArrayList<>();
        AtomicReference<House> running = new AtomicReference<>();
        Runnable look = () -> seen.add(Objects.requireNonNull(
                Objects.requireNonNull(running.get()).board.latest().progress()));
        QueuePolicy policy = new QueuePolicy(2, Duration.ofMillis(200), 3, Duplicates.HOLD);
        try (House house = new House(root, true, FaultPoint.Observer.NONE, look, policy)) {
            running.set(house);
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).containsExactly("1", "2", "3", "4", "flaky");
            assertThat(Workplace.names(house.base.archive())).containsExactly("1__a.jsonl", "1__a.jsonl.report.json");
            assertThat(Workplace.names(house.base.failed())).containsExactly("2__b.jsonl", "2__b.jsonl.report.json");
            assertThat(Files.readString(house.base.archive().resolve("1__a.jsonl.report.json")))
                    .contains("\"attempts\" : 2", "\"steps_kept\" : 3", "\"steps_kept\" : 5");
        }
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).batchNumber())
                    .isGreaterThanOrEqualTo(seen.get(i - 1).batchNumber());
            assertThat(seen.get(i).batchQueueSize())
                    .isGreaterThanOrEqualTo(seen.get(i - 1).batchQueueSize());
        }
        assertThat(seen.getLast().batchNumber()).isEqualTo(4);
        assertThat(seen.getLast().batchQueueSize()).isEqualTo(4);
    }

    @Test
    void an_unexpected_error_ends_it_leaving_the_file_interrupted_and_saying_why() throws IOException {
        House.drop(root, "a.jsonl", "1", "2", "throw");
        try (House house = House.once(root)) {
            assertThat(house.daemon.run())
                    .isInstanceOfSatisfying(
                            DaemonExit.Crashed.class,
                            crashed -> assertThat(crashed.cause()).hasMessage("the row said so"));
            assertThat(house.trainer.closed).isTrue();
            LiveStatus status = house.board.latest();
            assertThat(status.state()).isEqualTo(DaemonState.CRASHED);
            assertThat(status.progress()).isEqualTo(new Progress(0, 2, 3, 1, 1));
            assertThat(status.failure())
                    .isNotNull()
                    .satisfies(f -> assertThat(f.type()).isEqualTo("IllegalStateException"));
            assertThat(house.store.find(1).orElseThrow().state()).isEqualTo(FileState.INTERRUPTED);
            assertThat(Workplace.names(house.base.queue())).containsExactly("1__a.jsonl");
        }
    }

    @Test
    void an_empty_inbox_ends_a_daemon_that_runs_once_and_no_other() throws Exception {
        try (House house = House.once(root.resolve("once"))) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
        }
        try (House house = new House(root.resolve("always"), false, FaultPoint.Observer.NONE, () -> {})) {
            CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
            var _ = house.control.ask(Command.STOP);
            assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(new DaemonExit.Stopped());
        }
    }

    @Test
    void a_daemon_that_runs_once_waits_for_a_file_that_has_not_settled() throws IOException {
        House.drop(root, "a.jsonl", "1");
        Files.writeString(root.resolve("inbox/fresh.jsonl"), "2\n");
        try (House house = House.once(root)) {
            house.daemon.run();
            assertThat(house.trainer.weights()).containsExactlyInAnyOrder("1", "2");
        }
    }

    @Test
    void a_file_that_ends_the_daemon_at_every_start_fails_after_three_times_and_the_queue_goes_on() throws Exception {
        House.drop(root, "a.jsonl", "1", "2", "3", "4", "throw", "5");
        House.drop(root, "b.jsonl", "6");
        for (int deaths = 1; deaths <= 3; deaths++) {
            try (House house = House.once(root)) {
                assertThat(house.daemon.run()).isInstanceOf(DaemonExit.Crashed.class);
            }
        }
        try (House house = House.once(root)) {
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            assertThat(house.trainer.weights()).containsExactly("1", "2", "3", "6");
            assertThat(house.store.find(1).orElseThrow().state()).isEqualTo(FileState.FAILED);
        }
        String report = Files.readString(root.resolve("failed").resolve("1__a.jsonl.report.json"));
        assertThat(report).contains("ProcessDied", "died 3 times", "after step 3/6", "\"deaths\" : 3");
    }

    @Test
    void an_idle_daemon_wakes_for_a_new_file() throws Exception {
        CountDownLatch trained = new CountDownLatch(1);
        FaultPoint.Observer watch = point -> {
            if (point == FaultPoint.FILE_RETIRED) {
                trained.countDown();
            }
        };
        try (House house = new House(root, false, watch, () -> {})) {
            CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
            House.drop(root, "a.jsonl", "1");
            assertThat(trained.await(20, TimeUnit.SECONDS)).isTrue();
            var _ = house.control.ask(Command.STOP);
            assertThat(exit.get(20, TimeUnit.SECONDS)).isEqualTo(new DaemonExit.Stopped());
            assertThat(house.trainer.weights()).containsExactly("1");
        }
    }

    @Test
    void the_queue_never_shrinks_while_files_arrive_and_are_trained_at_the_same_time() throws Exception {
        int files = 60;
        for (int i = 0; i < 10; i++) {
            House.drop(root, "early_%d.jsonl".formatted(i), "early " + i);
        }
        List<Progress> seen = new ArrayList<>();
        AtomicReference<House> running = new AtomicReference<>();
        CompletableFuture<?>[] producer = {CompletableFuture.completedFuture(null)};
        Runnable look = () -> seen.add(Objects.requireNonNull(
                Objects.requireNonNull(running.get()).board.latest().progress()));
        try (House house = new House(root, true, FaultPoint.Observer.NONE, look)) {
            running.set(house);
            producer[0] =
                    CompletableFuture.runAsync(() -> IntStream.range(10, files).forEach(i -> {
                        try {
                            House.drop(root, "late_%d.jsonl".formatted(i), "late " + i);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }));
            assertThat(house.daemon.run()).isEqualTo(new DaemonExit.Drained());
            producer[0].get(20, TimeUnit.SECONDS);
        }
        try (House rest = House.once(root)) {
            rest.daemon.run();
            assertThat(rest.trainer.weights()).hasSize(files).doesNotHaveDuplicates();
        }
        for (int i = 1; i < seen.size(); i++) {
            Progress before = seen.get(i - 1);
            Progress after = seen.get(i);
            boolean sameDrain = after.batchNumber() > before.batchNumber();
            assertThat(!sameDrain || after.batchQueueSize() >= before.batchQueueSize())
                    .describedAs("%s, then %s", before, after)
                    .isTrue();
        }
    }
}
