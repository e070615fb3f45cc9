package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.TrainingEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Real threads, let loose together: the training thread steps and previews, the intake counts, a third one fails.
class StatusBoardConcurrencyTest {
    private static final int STEPS = 20_000;
    private static final int COUNTS = 20_000;
    private static final int FAILURES = 2_000;

    private final StatusBoard board = new StatusBoard();
    private final CyclicBarrier start = new CyclicBarrier(4);

    @Test
    void nothingIsLost() throws Exception {
        board.fileClaimed("a.jsonl", new Progress(0, 0, STEPS, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(0, 0, STEPS));

        List<Long> read = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> running = List.of(
                    threads.submit(together(this::train)),
                    threads.submit(together(this::take)),
                    threads.submit(together(this::fail)),
                    threads.submit(together(() -> follow(read, failures))));
            for (Future<?> thread : running) {
                thread.get();
            }
        }

        LiveStatus end = board.latest();
        assertThat(end.stepCount()).isEqualTo(STEPS);
        assertThat(end.progress()).isEqualTo(new Progress(0, STEPS, STEPS, 1, 1 + COUNTS));
        assertThat(end.waiting()).isEqualTo(new QueueCounts(COUNTS, COUNTS, COUNTS));
        assertThat(end.evaluations().total()).isEqualTo(STEPS / 100);
        assertThat(read).isSorted().doesNotHaveDuplicates();
        assertThat(failures).hasSize(FAILURES);
        for (int i = 0; i < FAILURES; i++) {
            assertThat(failures.get(i)).isEqualTo("failure " + i);
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
            board.waiting(new QueueCounts(i, i, i));
            board.waiting(new QueueCounts(i - 1, i - 1, i - 1));
        }
    }

    private void fail() {
        for (int i = 0; i < FAILURES; i++) {
            board.failed(new Failure("Test", "failure " + i));
        }
    }

    /// Reads as the publisher does; a step whose count is seen must be in the log, unless the log has gone round.
    private void follow(List<Long> read, List<String> failures) {
        long seen = 0;
        while (seen < STEPS || failures.size() < FAILURES) {
            long until = board.latest().stepCount();
            long missed = board.steps().read(seen, until, step -> read.add(step.batchStep()));
            assertThat(missed).isLessThanOrEqualTo(Math.max(0, board.latest().stepCount() - seen - 4_096));
            seen = until;
            for (var t = board.nextTransition(); t != null; t = board.nextTransition()) {
                Failure failure = t.after().failure();
                if (failure != null && !List.of(failure.message()).equals(lastOf(failures))) {
                    failures.add(failure.message());
                }
            }
        }
    }

    private static List<String> lastOf(List<String> list) {
        return list.isEmpty() ? List.of() : List.of(list.getLast());
    }

    private Callable<Void> together(Runnable work) {
        return () -> {
            start.await();
            work.run();
            return null;
        };
    }
}
