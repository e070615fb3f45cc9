package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.TrainingEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFeedTest {
    private final ManualTime time = new ManualTime();
    private final StatusBoard board = new StatusBoard(time, time::nanos);
    private final List<StatusDocument> written = new ArrayList<>();
    private final Outage outage = Fixtures.outage();
    private boolean diskFull;
    private final List<StatusDocument> told = new ArrayList<>();
    private final StatusFeed feed = Fixtures.feed(
            board,
            time,
            new StatusFeed.Sink() {
                @Override
                public void write(StatusDocument document, boolean transition) throws IOException {
                    if (diskFull) {
                        throw new IOException("disk full");
                    }
                    written.add(document);
                }

                @Override
                public void tell(StatusDocument document, boolean transition) {
                    told.add(document);
                }
            },
            outage);

    @Test
    void everyTransitionIsWrittenOnceAndInOrder() {
        for (DaemonState state : DaemonState.values()) {
            board.state(state);
        }
        tick();
        tick();

        assertThat(written).extracting(StatusDocument::state).startsWith(DaemonState.STARTING);
        assertThat(written.subList(1, written.size()))
                .extracting(StatusDocument::state)
                .containsExactly(DaemonState.values());
        assertThat(written).extracting(d -> d.writer().seq()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void stepsAreWrittenAtMostTenTimesASecond() {
        begin();
        tick();
        written.clear();
        for (int i = 1; i <= 1_000; i++) {
            board.on(Fixtures.step(i));
            time.advance(Duration.ofMillis(1));
            tick();
        }

        assertThat(written).hasSize(10);
        assertThat(written.getLast().file().batchStep()).isEqualTo(1_000);
    }

    @Test
    void aHeartbeatMovesNothingButItsTimeAndItsNumber() {
        begin();
        board.on(Fixtures.step(1));
        time.advance(Duration.ofMillis(100));
        tick();
        StatusDocument before = written.getLast();
        written.clear();
        for (int i = 0; i < 30; i++) {
            time.advance(Duration.ofMillis(100));
            tick();
        }

        assertThat(written).hasSize(3);
        StatusDocument after = written.getLast();
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("writer.seq", "writer.heartbeatAt")
                .isEqualTo(before);
        assertThat(after.writer().heartbeatAt()).isEqualTo(time.instant());
        assertThat(feed.latest().seq()).isEqualTo(after.writer().seq());
        assertThat(written).extracting(d -> d.writer().seq()).doesNotHaveDuplicates();
    }

    @Test
    void itAsksToBeCalledWhenTheNextThingIsDue() {
        assertThat(tick()).isEqualTo(Duration.ofSeconds(1).toNanos());
        time.advance(Duration.ofMillis(400));
        assertThat(tick()).isEqualTo(Duration.ofMillis(600).toNanos());

        begin();
        assertThat(tick()).isEqualTo(Duration.ofMillis(100).toNanos());

        board.state(DaemonState.IDLE);
        tick();
        board.waiting(new QueueCounts(5, 1, 10, 1_000));
        time.advance(Duration.ofMillis(30));
        assertThat(tick()).isEqualTo(Duration.ofMillis(70).toNanos());
    }

    @Test
    void transitionsOfAnOutageAreWrittenWhenItIsOver() {
        tick();
        written.clear();
        diskFull = true;
        board.state(DaemonState.IDLE);
        tick();
        assertThat(outage.error()).hasMessage("disk full");
        begin();
        for (int i = 1; i <= 5; i++) {
            board.on(Fixtures.step(i));
            time.advance(Duration.ofSeconds(2));
            tick();
        }
        assertThat(feed.latest().live().stepCount()).isEqualTo(5);
        diskFull = false;
        tick();

        assertThat(outage.error()).isNull();
        assertThat(written)
                .extracting(StatusDocument::state)
                .containsExactly(DaemonState.IDLE, DaemonState.TRAINING, DaemonState.TRAINING, DaemonState.TRAINING);
        assertThat(written.getLast().file().batchStep()).isEqualTo(5);
    }

    @Test
    void whoWatchesHearsOfEachStateOnceAndAtOnceWhetherOrNotItCanBeWritten() {
        tick();
        diskFull = true;
        board.state(DaemonState.IDLE);
        tick();
        begin();
        tick();
        board.state(DaemonState.PAUSED);
        tick();
        tick();
        assertThat(told.getLast().state()).isEqualTo(DaemonState.PAUSED);
        assertThat(written).extracting(StatusDocument::state).containsOnly(DaemonState.STARTING);

        diskFull = false;
        tick();

        assertThat(written.getLast().state()).isEqualTo(DaemonState.PAUSED);
        assertThat(told)
                .extracting(d -> d.writer().seq())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void anEndlessOutageDoesNotFillTheMemory() {
        diskFull = true;
        for (int i = 0; i < 3 * StatusFeed.MAX_BACKLOG; i++) {
            board.state(DaemonState.IDLE);
            tick();
        }
        diskFull = false;
        tick();

        assertThat(written).hasSize(StatusFeed.MAX_BACKLOG);
        assertThat(written.getLast().writer().seq()).isEqualTo(3L * StatusFeed.MAX_BACKLOG + 1);
    }

    @Test
    void aTransitionBearsTheTimeAtWhichItHappened() {
        var happened = time.instant();
        board.state(DaemonState.IDLE);
        time.advance(Duration.ofSeconds(3));
        tick();

        assertThat(written.getLast().timestamp()).isEqualTo(happened);
        assertThat(written.getLast().writer().heartbeatAt()).isEqualTo(happened.plusSeconds(3));
    }

    @Test
    void memoryThatWasShortIsAnAlertUntilTheProcessEnds() {
        begin();
        board.on(new TrainingEvent.MicroBatchHalved(16, 8));
        board.on(new TrainingEvent.MicroBatchHalved(8, 4));
        board.on(Fixtures.step(1));
        time.advance(Duration.ofSeconds(1));
        tick();

        assertThat(written.getLast().derived().activeAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.type()).isEqualTo(Alert.MEMORY_SHORT);
            assertThat(alert.message()).contains("for 8 rows at once", "4 are computed at once");
        });
    }

    private void begin() {
        board.fileClaimed("a.jsonl", 1_000, new Progress(0, 0, 1_000, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(0, 0, 1_000));
    }

    private long tick() {
        return feed.tick(time.nanos());
    }
}
