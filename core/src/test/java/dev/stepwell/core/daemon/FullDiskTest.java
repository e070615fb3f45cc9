package dev.stepwell.core.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.SmallDisk;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.LiveStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !exit.isDone()) {
            LiveStatus now = house.board.latest();
            if (now.state() == DaemonState.PAUSED) {
                return now;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("it never waited; it ended by " + exit.getNow(null));
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

        boolean first() {
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
