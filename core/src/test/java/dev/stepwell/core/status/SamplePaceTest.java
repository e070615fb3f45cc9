package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplePaceTest {
    private long cpu;
    private final SamplePace pace = new SamplePace(() -> cpu);

    @Test
    void samplesThatCostNothingAreATenthOfASecondApart() {
        sample(0);

        assertThat(pace.intervalNanos()).isEqualTo(SamplePace.SHORTEST_NANOS);
    }

    @Test
    void samplesOfAMillisecondTakeFourThousandthsOfACore() {
        for (int i = 0; i < 100; i++) {
            sample(1_000_000);
        }

        assertThat(1_000_000.0 / pace.intervalNanos()).isBetween(0.0039, 0.0041);
    }

    @Test
    void samplesAreNeverMoreThanASecondApart() {
        for (int i = 0; i < 100; i++) {
            sample(1_000_000_000);
        }

        assertThat(pace.intervalNanos()).isEqualTo(SamplePace.LONGEST_NANOS);
    }

    @Test
    void aTickThatWritesNothingIsNoCheapSample() {
        for (int i = 0; i < 100; i++) {
            sample(1_000_000);
        }
        long before = pace.intervalNanos();

        pace.during(() -> false);

        assertThat(pace.intervalNanos()).isEqualTo(before);
    }

    private void sample(long cost) {
        pace.during(() -> {
            cpu += cost;
            return true;
        });
    }
}
