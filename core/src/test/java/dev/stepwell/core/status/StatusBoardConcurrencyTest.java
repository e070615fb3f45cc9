package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.TrainingEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Real threads, let loose together: the training thread steps and previews, the intake counts, a third one fails.
class StatusBoardConcurrencyTest {
    private static final int STEPS = 20_000;
    private static final int COUNTS = 20_000;
    private static final int FAILURES = 2_000;

    private final StatusBoard board = new StatusBoard();
    private final CyclicBarrier start = new CyclicBarrier(4);
    /// Writers that have not finished.
    private final AtomicInteger running = new AtomicInteger(3);

    private final List<StatusDocument> written = new ArrayList<>();
    private final StatusFeed feed =
            Fixtures.feed(board, new ManualTime(), (document, _) -> written.add(document), Fixtures.outage());

    @Test
    void nothingIsLostAndNothingIsSeenOutOfOrder() throws Exception {
        board.fileClaimed("a.jsonl", 1_000, new Progress(0, 0, STEPS, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(0, 0, STEPS));

        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = List.of(
                    threads.submit(together(this::train)),
                    threads.submit(together(this::take)),
                    threads.submit(together(this::fail)),
                    threads.submit(together(this::follow)));
            for (Future<?> thread : running) {
                thread.get();
            }
        }

        LiveStatus end = board.latest();
        assertThat(end.stepCount()).isEqualTo(STEPS);
        assertThat(end.progress()).isEqualTo(new Progress(0, STEPS, STEPS, 1, 1 + COUNTS));
        assertThat(end.waiting()).isEqualTo(new QueueCounts(COUNTS, COUNTS, COUNTS, COUNTS));
        assertThat(end.evaluations().total()).isEqualTo(STEPS / 100);
        List<StatusDocument> inFile = written.stream()
                .filter(d -> d.derived().waitingFiles() != null && d.file().batchStep() != null)
                .toList();
        assertThat(inFile)
                .isSortedAccordingTo(Comparator.comparing(
                        d -> Objects.requireNonNull(d.file().batchStep())));
        assertThat(inFile)
                .isSortedAccordingTo(Comparator.comparing(
                        d -> Objects.requireNonNull(d.file().batchQueueSize())));
        assertThat(inFile)
                .isSortedAccordingTo(Comparator.comparing(
                        d -> Objects.requireNonNull(d.writer().seq())));
        assertThat(inFile.stream()
                        .map(d -> d.error().errorMessage())
                        .filter(Objects::nonNull)
                        .distinct())
                .containsExactlyElementsOf(IntStream.range(0, FAILURES)
                        .mapToObj(i -> "failure " + i)
                        .toList());
        assertThat(inFile.getLast().file().batchStep()).isEqualTo(STEPS);
    }

    @Test
    void aStepThatIsCountedIsInTheLog() throws Exception {
        board.fileClaimed("a.jsonl", 1_000, new Progress(0, 0, STEPS, 1, 1), QueueCounts.NONE);
        CyclicBarrier both = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(1)) {
            Future<?> training = threads.submit(() -> {
                both.await();
                train();
                return null;
            });
            both.await();
            long seen = 0;
            while (seen < STEPS) {
                long until = board.latest().stepCount();
                List<Long> read = new ArrayList<>();
                long missed = board.steps().read(seen, until, step -> read.add(step.batchStep()));
                assertThat(read).hasSize((int) (until - seen - missed));
                assertThat(missed)
                        .isLessThanOrEqualTo(Math.max(0, board.latest().stepCount() + 1 - seen - 4_096));
                seen = until;
            }
            training.get();
        }
    }

    private void train() {
        for (int i = 1; i <= STEPS; i++) {
            board.on(Fixtures.step(i, Double.NaN));
            if (i % 100 == 0) {
                board.on(Fixtures.preview(i, "golden"));
            }
        }
    }

    private void take() {
        for (int i = 2; i <= COUNTS; i += 2) {
            board.waiting(new QueueCounts(i, i, i, i));
            board.waiting(new QueueCounts(i - 1, i - 1, i - 1, i - 1));
        }
    }

    private void fail() {
        for (int i = 0; i < FAILURES; i++) {
            board.failed(new Failure("Test", "failure " + i));
        }
    }

    /// Reads as the publisher does, but without pause.
    private void follow() {
        long now = 0;
        while (running.get() > 0) {
            now += SamplePace.SHORTEST_NANOS;
            feed.tick(now);
        }
        feed.flush(now);
    }

    private Callable<Void> together(Runnable work) {
        return () -> {
            start.await();
            work.run();
            running.decrementAndGet();
            return null;
        };
    }
}
