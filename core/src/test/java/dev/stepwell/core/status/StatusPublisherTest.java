package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusPublisherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private final StatusBoard board = new StatusBoard();

    @Test
    void closingWritesWhatIsPending() {
        Path file = directory.resolve("training_status.json");
        try (var publisher = publisher(file)) {
            board.fileClaimed("a.jsonl", 1_000, new Progress(0, 0, 10, 1, 1), QueueCounts.NONE);
            board.on(new TrainingEvent.FileStarted(0, 0, 10));
            board.on(Fixtures.step(1));
            board.on(Fixtures.step(2));
            assertThat(publisher.lastError()).isNull();
        }

        StatusDocument last = ((StatusReading.Present) StatusReader.read(file)).document();
        assertThat(last.file().batchStep()).isEqualTo(2);
        assertThat(Liveness.of(last, Instant.now()).verdict()).isEqualTo(Liveness.Verdict.TRAINING);
        assertThat(directory)
                .isDirectoryContaining("glob:**training_status.json")
                .isNotEmptyDirectory();
        assertThat(directory.toFile().list()).containsExactly("training_status.json");
    }

    @Test
    void aFolderThatVanishedIsMadeAgain() throws IOException {
        Path folder = directory.resolve("status");
        Path file = folder.resolve("training_status.json");
        try (var publisher = publisher(file)) {
            board.state(DaemonState.IDLE);
            assertThat(publisher.latest()).isNotNull();
        }

        assertThat(Files.exists(file)).isTrue();
    }

    @Test
    void aFileThatCannotBeWrittenIsToldToWhoeverAsksAndStopsNobody() throws IOException {
        Path notAFolder = Files.writeString(directory.resolve("status"), "in the way");
        Path file = notAFolder.resolve("training_status.json");
        var publisher = publisher(file);
        board.state(DaemonState.IDLE);
        publisher.close();

        assertThat(publisher.lastError()).isInstanceOf(IOException.class);
        assertThat(publisher.latest().live().state()).isEqualTo(DaemonState.IDLE);
    }

    @Test
    void whoWaitsForTheLastNewsWaitsUntilTheWatcherHasIt() throws InterruptedException {
        CompletableFuture<@Nullable Void> busy = new CompletableFuture<>();
        List<@Nullable String> told = new CopyOnWriteArrayList<>();
        try (var publisher = publisher(directory.resolve("training_status.json"))) {
            assertThat(publisher.awaitTold(PATIENCE)).isTrue();
            publisher.watch((document, _) -> {
                busy.join();
                told.add(document.status());
            });
            board.state(DaemonState.IDLE);
            board.state(DaemonState.STOPPED);
            assertThat(publisher.awaitTold(Duration.ofMillis(1))).isFalse();

            busy.complete(null);
            assertThat(publisher.awaitTold(PATIENCE)).isTrue();
            assertThat(told).containsExactly("idle", "stopped");
        }
    }

    @Test
    void onlyTransitionsAndCountsWakeThePublisher() {
        AtomicInteger woken = new AtomicInteger();
        board.onChange(woken::incrementAndGet);
        board.fileClaimed("a.jsonl", 1_000, new Progress(0, 0, 10, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(0, 0, 10));
        assertThat(woken).hasValue(2);

        board.on(Fixtures.step(1));
        assertThat(woken).hasValue(2);

        board.waiting(new QueueCounts(1, 1, 10, 1_000));
        assertThat(woken).hasValue(3);
    }

    private StatusPublisher publisher(Path file) {
        return new StatusPublisher(
                board,
                Fixtures.PROCESS,
                Fixtures.LIMITS,
                file,
                Lookout.NOBODY,
                InstantSource.system(),
                System::nanoTime,
                Duration.ofHours(1));
    }
}
