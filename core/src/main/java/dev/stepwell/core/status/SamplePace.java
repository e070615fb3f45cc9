package dev.stepwell.core.status;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// How often the state may be sampled and written, so that watching takes no more than 0.4 % of one core.
///
/// The threads that compute a step wait for each other, so that what is taken from one of them is lost to all.
final class SamplePace {
    /// However little a sample costs: as often as the original.
    static final long SHORTEST_NANOS = 100_000_000L;
    /// However much it costs.
    static final long LONGEST_NANOS = 1_000_000_000L;

    private static final int CORE_SHARES = 250;
    /// One in so many parts of the average is the newest cost: a single slow sample changes little.
    private static final int MEMORY = 8;

    private final LongSupplier cpuNanos;
    private double cost;

    /// @param cpuNanos the time that the calling thread has spent on a core so far
    SamplePace(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /// Runs `work`, and remembers what it took if it says that it wrote something.
    void during(BooleanSupplier work) {
        long before = cpuNanos.getAsLong();
        if (work.getAsBoolean()) {
            cost += (cpuNanos.getAsLong() - before - cost) / MEMORY;
        }
    }

    /// Time from one sample to the next.
    long intervalNanos() {
        return Math.clamp((long) (cost * CORE_SHARES), SHORTEST_NANOS, LONGEST_NANOS);
    }
}
