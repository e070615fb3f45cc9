package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.queue.Duplicates;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.QueuePolicy;
import dev.stepwell.core.queue.Workplace;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.LiveStatus;
import dev.stepwell.testing.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// On a real disk of two megabytes that is full to the last byte.
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"TRAINED", "REPORT_WRITTEN"})
    void a_file_that_was_trained_waits_for_space_and_is_retired_when_there_is(FaultPoint moment) throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            House.drop(disk.root(), "b.jsonl", "3");
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, moment), () -> {})) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                LiveStatus waiting = paused(house, exit);
                assertThat(waiting.standing()).extracting(Alert::type).containsExactly(Alert.DISK_FULL);
                assertThat(Objects.requireNonNull(waiting.failure()).type()).isEqualTo("DiskFull");
                disk.free();

                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Drained.class);
                assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
                assertThat(house.board.latest().standing()).isEmpty();
                assertThat(house.board.latest().failure()).isNull();
            }
            try (var archive = Files.list(disk.root().resolve("archive"))) {
                assertThat(archive).hasSize(4);
            }
        }
    }

    @Test
    void a_stop_is_obeyed_while_the_disk_is_full_and_the_successor_goes_on_with_nothing_lost() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            House.drop(disk.root(), "b.jsonl", "3");
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, FaultPoint.TRAINED), () -> {})) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                paused(house, exit);
                var _ = house.control.ask(Command.STOP);
                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Stopped.class);
                assertThat(house.store.unsettled()).hasSize(2);
            }
            disk.free();
            try (House house = House.once(disk.root())) {
                assertThat(house.daemon.run()).isInstanceOf(DaemonExit.Drained.class);
                assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
                assertThat(house.store.unsettled()).isEmpty();
            }
        }
    }

    @Test
    void a_claim_that_succeeds_after_a_full_disk_leaves_neither_alert_nor_error() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1");
            House.drop(disk.root(), "b.jsonl", "2", "3");
            List<LiveStatus> steps = Collections.synchronizedList(new ArrayList<>());
            List<House> running = new ArrayList<>();
            Runnable look = () -> steps.add(running.getFirst().board.latest());
            Once full = new Once();
            // After this moment, the next thing to be written is the claim of b.
            try (House house = new House(disk.root(), false, full.filling(disk, FaultPoint.FILE_RETIRED), look)) {
                running.add(house);
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                assertThat(paused(house, exit).standing())
                        .extracting(Alert::type)
                        .containsExactly(Alert.DISK_FULL);
                disk.free();
                awaited(house, exit, now -> now.state() == DaemonState.IDLE && now.stepCount() == 3);
                assertThat(steps).allSatisfy(seen -> {
                    assertThat(seen.state()).isEqualTo(DaemonState.TRAINING);
                    assertThat(seen.standing()).isEmpty();
                    assertThat(seen.failure()).isNull();
                });
                var _ = house.control.ask(Command.STOP);
                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Stopped.class);
            }
        }
    }

    @Test
    void a_resume_is_tried_at_once_and_answered_as_it_is() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, FaultPoint.TRAINED), () -> {})) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                paused(house, exit);
                Effect refused = house.control.ask(Command.RESUME).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(refused).isInstanceOfSatisfying(Effect.Refused.class, r -> {
                    assertThat(r.reason()).isEqualTo(Effect.Reason.NO_SPACE);
                    assertThat(r.now().state()).isEqualTo(DaemonState.PAUSED);
                });
                disk.free();
                Effect done = house.control.ask(Command.RESUME).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                // Done, unless the daemon had found the space before it was asked.
                if (done instanceof Effect.Refused r) {
                    assertThat(r.reason()).isIn(Effect.Reason.NOT_PAUSED, Effect.Reason.ENDED);
                }
                assertThat(done.now().standing()).isEmpty();
                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Drained.class);
            }
        }
    }

    @Test
    void a_pause_and_a_skip_while_the_disk_is_full_are_kept_for_when_there_is_space() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            House.drop(disk.root(), "b.jsonl", "3");
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, FaultPoint.TRAINED), () -> {})) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                paused(house, exit);
                CompletableFuture<Effect> pause = house.control.ask(Command.PAUSE);
                CompletableFuture<Effect> skip = house.control.ask(Command.SKIP);
                assertThat(pause).isNotDone();
                disk.free();
                assertThat(skip.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Effect.Refused.class,
                                r -> assertThat(r.reason()).isEqualTo(Effect.Reason.FILE_ENDED));
                Effect paused = pause.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(paused).isInstanceOf(Effect.Done.class);
                assertThat(paused.now().state()).isEqualTo(DaemonState.PAUSED);
                assertThat(paused.now().standing()).isEmpty();
                assertThat(house.trainer.weights()).containsExactly("1", "2");
                assertThat(house.control.ask(Command.RESUME).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isInstanceOf(Effect.Done.class);
                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Drained.class);
                assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
            }
        }
    }

    /// One of the files goes to each of the places to which the intake can bring it. Recovery, which runs before,
    /// counts what it found, nothing: with `TAKING_COUNTED` the disk is full from the beginning.
    @ParameterizedTest
    @EnumSource(names = {"TAKING_RECORDED", "TAKING_MOVED", "TAKING_COUNTED", "REPORT_WRITTEN", "ROW_SETTLED"})
    void files_that_cannot_be_taken_for_want_of_space_are_taken_when_there_is_without_a_restart(FaultPoint moment)
            throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            House.drop(disk.root(), "copy.jsonl", "1", "2");
            House.drop(disk.root(), "nothing.jsonl", "bad");
            House.drop(disk.root(), "z.jsonl", "3");
            QueuePolicy policy = new QueuePolicy(1, Duration.ZERO, 3, Duplicates.SKIP);
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, moment), () -> {}, policy)) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                LiveStatus waiting = alerted(house, exit);
                assertThat(waiting.state()).isNotEqualTo(DaemonState.CRASHED);
                assertThat(waiting.standing())
                        .filteredOn(alert -> alert.type().equals(Alert.INTAKE_DISK_FULL))
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.message())
                                .containsPattern("inbox.* is full \\(.*(No space left|disk is full).*Make room"));
                disk.free();

                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Drained.class);
                assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
                assertThat(house.board.latest().standing()).isEmpty();
                assertThat(house.store.unsettled()).isEmpty();
                assertThat(house.store.find(5)).as("nothing is taken twice").isEmpty();
            }
            assertThat(Workplace.names(disk.root().resolve("archive")))
                    .filteredOn(name -> name.endsWith(".jsonl"))
                    .containsExactly("1__a.jsonl", "2__copy.jsonl", "4__z.jsonl");
            assertThat(Workplace.names(disk.root().resolve("failed"))).contains("3__nothing.jsonl");
            assertThat(Workplace.names(disk.root().resolve("queue"))).isEmpty();
            assertThat(Workplace.names(disk.root().resolve("inbox"))).isEmpty();
            try (House house = House.once(disk.root())) {
                assertThat(house.repairs).as("nothing is left for recovery").isEmpty();
            }
        }
    }

    @Test
    void a_stop_is_obeyed_while_no_file_can_be_taken_and_the_successor_takes_them() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=2m")) {
            House.drop(disk.root(), "a.jsonl", "1", "2");
            House.drop(disk.root(), "b.jsonl", "3");
            Once full = new Once();
            try (House house = new House(disk.root(), true, full.filling(disk, FaultPoint.TAKING_MOVED), () -> {})) {
                CompletableFuture<DaemonExit> exit = CompletableFuture.supplyAsync(house.daemon::run);
                alerted(house, exit);
                var _ = house.control.ask(Command.STOP);
                assertThat(exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(DaemonExit.Stopped.class);
            }
            disk.free();
            try (House house = House.once(disk.root())) {
                assertThat(house.daemon.run()).isInstanceOf(DaemonExit.Drained.class);
                assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
            }
        }
    }

    @Test
    void a_folder_that_becomes_read_only_ends_the_daemon_by_name_and_fails_no_file() throws Exception {
        House.drop(folder, "a.jsonl", "1", "2");
        House.drop(folder, "b.jsonl", "3");
        List<SmallDisk> readOnly = new ArrayList<>();
        FaultPoint.Observer faults = point -> {
            if (point == FaultPoint.TRAINED) {
                readOnly.add(readOnly(folder.resolve("archive")));
            }
        };
        try (House house = new House(folder, true, faults, () -> {})) {
            assertThat(house.daemon.run()).isInstanceOf(DaemonExit.Crashed.class);
            assertThat(house.board.latest().state()).isEqualTo(DaemonState.CRASHED);
            assertThat(Objects.requireNonNull(house.board.latest().failure()).type())
                    .isEqualTo("NotPermitted");
        } finally {
            for (SmallDisk disk : readOnly) {
                disk.close();
            }
        }
        try (House house = House.once(folder)) {
            assertThat(house.daemon.run()).isInstanceOf(DaemonExit.Drained.class);
            assertThat(house.trainer.weights()).containsExactly("1", "2", "3");
        }
        try (var failed = Files.list(folder.resolve("failed"))) {
            assertThat(failed).isEmpty();
        }
    }

    /// The state of a daemon that waits for space, as soon as it does.
    private static LiveStatus paused(House house, CompletableFuture<DaemonExit> exit) {
        return awaited(house, exit, now -> now.state() == DaemonState.PAUSED);
    }

    /// The state of a daemon whose intake waits for space, as soon as it does.
    private static LiveStatus alerted(House house, CompletableFuture<DaemonExit> exit) {
        return awaited(
                house,
                exit,
                now -> now.standing().stream().anyMatch(alert -> alert.type().equals(Alert.INTAKE_DISK_FULL)));
    }

    private static LiveStatus awaited(
            House house, CompletableFuture<DaemonExit> exit, Predicate<LiveStatus> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !exit.isDone()) {
            LiveStatus now = house.board.latest();
            if (condition.test(now)) {
                return now;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(
                "it never came; the daemon is %s and ended by %s".formatted(house.board.latest(), exit.getNow(null)));
    }

    private static SmallDisk readOnly(Path folder) {
        try {
            return SmallDisk.on(folder, "size=64k,ro");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Something that happens once.
    private static final class Once {
        private boolean happened;

        synchronized boolean first() {
            boolean first = !happened;
            happened = true;
            return first;
        }

        FaultPoint.Observer filling(SmallDisk disk, FaultPoint moment) {
            return point -> {
                if (point == moment && first()) {
                    try {
                        disk.fill();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };
        }
    }
}
