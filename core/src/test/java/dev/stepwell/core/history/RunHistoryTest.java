package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stepwell.core.history.HistoryReader.Extent;
import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.core.training.Preview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatWasMeasuredIsThereAfterwardsWithoutWhatWasNotFinite() {
        try (RunHistory history = opened("first")) {
            history.fileStarted(0, "a.jsonl", START);
            steps(history, 1, 3);
            history.step(4, Histories.step(4, Double.NaN), START.plusSeconds(4));
            history.checkpointSaved(4, Duration.ZERO, START.plusSeconds(4));
            history.previewed(new Preview(4, null, "p", "g", "g", true), 100, START.plusSeconds(4));
        }

        try (HistoryReader reader = HistoryReader.open(database())) {
            assertThat(reader.extent()).contains(new Extent(1, 4));
            assertThat(reader.curve(Metric.LOSS, 0, 9).steps()).containsExactly(1, 2, 3);
            assertThat(reader.curve(Metric.LOSS, 2, 3).values()).containsExactly(0.5, 1 / 3.0);
            assertThat(reader.curve(Metric.TOKENS_PER_SECOND, 4, 4).values()).containsExactly(10_000);
            assertThat(reader.curve(Metric.STEPS_PER_SECOND, 4, 4).values()).containsExactly(10);
            assertThat(reader.curve(Metric.ACCURACY, 0, 9).values()).containsExactly(100);
            assertThat(reader.marks(Mark.Kind.FILE, 0, 9))
                    .containsExactly(new Mark(Mark.Kind.FILE, 0, START.toEpochMilli(), "a.jsonl"));
            assertThat(reader.marks(Mark.Kind.CHECKPOINT, 0, 9)).hasSize(1);
            assertThat(reader.files(3, 4)).as("the file that step 3 is of").hasSize(1);
        }
    }

    @Test
    void whatTheMachineWasBusyWithGoesBackWithTheSteps() {
        try (RunHistory killed = opened("killed at step 12, saved at 10")) {
            steps(killed, 1, 12);
            killed.machine(9, figures(10), START.plusSeconds(9));
            killed.machine(11, figures(20), START.plusSeconds(11));
            killed.machine(12, figures(30), START.plusSeconds(12));
        }
        try (RunHistory next = opened("next")) {
            next.step(11, Histories.step(11, 7), START.plusSeconds(100));
            next.machine(11, figures(40), START.plusSeconds(101));
        }

        try (HistoryReader reader = HistoryReader.open(database())) {
            assertThat(reader.curve(Metric.CPU, 0, 99).steps()).containsExactly(9, 11);
            assertThat(reader.curve(Metric.CPU, 0, 99).values()).containsExactly(10, 40);
            assertThat(reader.curve(Metric.GPU, 10, 99).values()).containsExactly(60);
            assertThat(reader.curve(Metric.GPU_MEMORY, 10, 99).values()).containsExactly(300);
            assertThat(reader.curve(Metric.DISK_FREE, 0, 99).size()).isZero();
        }
    }

    /// Two GPUs, a disk that is not known.
    private static MachineFigures figures(double cpuPercent) {
        return new MachineFigures(
                cpuPercent,
                1L,
                2L,
                1L,
                null,
                null,
                List.of(new Gpu(0, "a", 40.0, 100L, 400L, null, null), new Gpu(1, "b", 80.0, 200L, 400L, null, null)));
    }

    @Test
    void whatTheWeightsDoNotContainIsNotShownButKept() {
        try (RunHistory killed = opened("killed at step 12, saved at 10")) {
            steps(killed, 1, 12);
            killed.checkpointSaved(10, Duration.ZERO, START.plusSeconds(10));
            killed.checkpointSaved(12, Duration.ZERO, START.plusSeconds(12));
        }
        try (RunHistory next = opened("next")) {
            next.step(11, Histories.step(11, 7), START.plusSeconds(100));
        }

        try (HistoryReader reader = HistoryReader.open(database())) {
            Curve loss = reader.curve(Metric.LOSS, 9, 20);
            assertThat(loss.steps()).containsExactly(9, 10, 11);
            assertThat(loss.values()[2]).isEqualTo(7);
            assertThat(reader.marks(Mark.Kind.CHECKPOINT, 0, 20))
                    .extracting(Mark::globalStep)
                    .containsExactly(10L);
            assertThat(reader.extent()).contains(new Extent(1, 11));
        }
        try (Handle handle = SqliteFile.openToRead(database())) {
            assertThat(handle.createQuery("SELECT count(*) FROM step")
                            .mapTo(int.class)
                            .one())
                    .isEqualTo(13);
        }
    }

    @Test
    void weightsRolledBackWithinAProcessBeginAnewToo() {
        try (RunHistory history = opened("one")) {
            steps(history, 1, 5);
            history.step(3, Histories.step(3, 9), START.plusSeconds(60));
        }

        try (HistoryReader reader = HistoryReader.open(database())) {
            assertThat(reader.curve(Metric.LOSS, 0, 9).steps()).containsExactly(1, 2, 3);
            assertThat(reader.curve(Metric.LOSS, 3, 3).values()).containsExactly(9);
        }
    }

    @Test
    void aHistoryThatCannotBeWrittenIsToldAndLosesNothingWhenItCanAgain() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        RunHistory.Outages outages = new RunHistory.Outages() {
            @Override
            public void began(String problem) {
                assertThat(problem).contains("history.db");
                began.countDown();
            }

            @Override
            public void over() {
                over.countDown();
            }
        };
        try (RunHistory history = RunHistory.open(database(), Histories.keeping("one"), outages)) {
            try (Handle other = SqliteFile.open(database(), SqliteFile.Durability.PROCESS)) {
                other.execute("ALTER TABLE step RENAME TO hidden");
                steps(history, 1, 2);
                assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
                other.execute("ALTER TABLE hidden RENAME TO step");
            }
            assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
        }

        try (HistoryReader reader = HistoryReader.open(database())) {
            assertThat(reader.curve(Metric.LOSS, 0, 9).steps()).containsExactly(1, 2);
        }
    }

    @Test
    void whatIsNoHistoryIsRefusedByNameWithTheRemedy() throws IOException {
        Files.writeString(database(), "no database at all, but long enough to look at".repeat(20));

        assertThatIllegalStateException()
                .isThrownBy(() -> opened("one"))
                .withMessageContaining(database().toString())
                .withMessageContaining("moved away");
    }

    private RunHistory opened(String bootId) {
        return Histories.open(database(), bootId);
    }

    private Path database() {
        return folder.resolve("history.db");
    }

    private static void steps(RunHistory history, int first, int last) {
        for (int i = first; i <= last; i++) {
            history.step(i, Histories.step(i, 1.0 / i), START.plusSeconds(i));
        }
    }
}
