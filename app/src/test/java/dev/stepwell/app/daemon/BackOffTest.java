package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private final BackOff backOff = new BackOff();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theFirstAttemptIsMadeAtOnceAndFailuresFollowAtGrowingIntervals() {
        assertThat(backOff.left(now, SECOND)).isZero();
        for (int seconds : new int[] {1, 2, 4, 5, 5, 5}) {
            fail();
            assertThat(backOff.left(now, SECOND)).hasSeconds(seconds);
            now = now.plusSeconds(seconds);
            assertThat(backOff.left(now, SECOND)).isZero();
        }
    }

    @Test
    void whatLastedIsMadeAnewAtOnceAndWhatDidNotIsWaitedFor() {
        fail();
        fail();
        backOff.attempt(now);
        backOff.succeeded();
        now = now.plusMillis(300);
        assertThat(backOff.left(now, SECOND)).hasMillis(700);
        now = now.plusSeconds(60);
        assertThat(backOff.left(now, SECOND)).isZero();
    }

    @Test
    void aClockThatIsSetBackMakesNobodyWaitForItsTimeToCome() {
        fail();
        now = now.minusSeconds(3600);
        assertThat(backOff.left(now, SECOND)).isEqualTo(SECOND);
    }

    @Test
    void aServerThatWantsLongerIntervalsHasThem() {
        fail();
        assertThat(backOff.left(now, Duration.ofMinutes(1))).hasMinutes(1);
        for (int i = 0; i < 100; i++) {
            fail();
        }
        assertThat(backOff.left(now, Duration.ofMinutes(1))).hasMinutes(1);
    }

    private void fail() {
        backOff.attempt(now);
        backOff.failed();
    }
}
