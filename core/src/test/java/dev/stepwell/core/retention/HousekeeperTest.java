package dev.stepwell.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusBoard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HousekeeperTest {
    private final StatusBoard board = new StatusBoard();

    @Test
    void nothing_is_done_before_it_is_woken_and_what_is_due_is_done_once_more_at_the_end() {
        AtomicInteger runs = new AtomicInteger();
        Housekeeper housekeeper = housekeeper(runs::incrementAndGet);
        assertThat(runs).hasValue(0);
        housekeeper.close();
        assertThat(runs).hasValue(1);
    }

    @Test
    void a_wake_while_it_works_is_not_lost() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        try (Housekeeper housekeeper = housekeeper(() -> {
            working.countDown();
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            twice.countDown();
        })) {
            housekeeper.wake();
            assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
            housekeeper.wake();
            goOn.countDown();
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_chore_that_fails_is_an_alert_until_it_works_again_and_keeps_no_other_from_its_work() {
        AtomicInteger others = new AtomicInteger();
        AtomicInteger tries = new AtomicInteger();
        Housekeeper.Chore failing = chore("broken", () -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("no such luck");
            }
        });
        CountDownLatch once = new CountDownLatch(1);
        try (Housekeeper housekeeper = new Housekeeper(
                List.of(failing, chore("other", () -> {
                    others.incrementAndGet();
                    once.countDown();
                })),
                board,
                Duration.ofHours(1))) {
            housekeeper.wake();
            assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(board.latest().standing())
                    .extracting(Alert::type, Alert::message)
                    .singleElement()
                    .asString()
                    .contains("broken", "no such luck");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(tries).hasValue(2);
        assertThat(others).hasValue(2);
        assertThat(board.latest().standing()).isEmpty();
    }

    private Housekeeper housekeeper(Work work) {
        return new Housekeeper(List.of(chore("chore", work)), board, Duration.ofHours(1));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private static Housekeeper.Chore chore(String name, Work work) {
        return new Housekeeper.Chore() {
            @Override
            public String alert() {
                return name;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public void run() throws IOException {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
    }
}
