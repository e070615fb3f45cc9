package dev.stepwell.monitor.web;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How many watchers may be told something now, so that a crowd takes no more of the machine than a few do.
///
/// To tell one watcher costs up to 200 µs of a core, most of it in the kernel; [#A_CORE] tellings are a quarter of a
/// percent of it. Not safe for use by several threads at once.
final class Turns {
    /// Tellings in a second for each core of the machine.
    private static final int A_CORE = 12;

    /// What a few watchers hear something in.
    static final Duration SIGN_OF_LIFE = Duration.ofMillis(1_500);

    /// Longest silence: 48 s. Proxies cut a connection that was silent for a minute.
    private static final int MOST_DOUBLINGS = 5;

    private final int perSecond;
    private final LongSupplier nanoTime;
    private double due;
    private long countedAt;

    /// As many as this machine's cores can bear.
    Turns() {
        this(A_CORE * Runtime.getRuntime().availableProcessors(), System::nanoTime);
    }

    /// @param perSecond how many turns a second has; those of one second are saved
    /// @param nanoTime  measures it, in nanoseconds
    Turns(int perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.due = perSecond;
        this.countedAt = nanoTime.getAsLong();
    }

    /// Nanoseconds, as turns are measured.
    long now() {
        return nanoTime.getAsLong();
    }

    /// How many of those who wait are told now: their turns are taken.
    int take(int waiting) {
        long now = now();
        due = Math.min(perSecond, due + perSecond * ((now - countedAt) / 1e9));
        countedAt = now;
        int taken = (int) Math.min(waiting, due);
        due -= taken;
        return taken;
    }

    /// How long one of so many watchers may hear nothing while all is well: [#SIGN_OF_LIFE], or as often twice that as
    /// it takes until everybody has had a turn, since signs of life cost what news costs.
    Duration signOfLife(int watching) {
        double everybody = (double) watching / perSecond;
        int doublings = 0;
        while (doublings < MOST_DOUBLINGS && everybody > (SIGN_OF_LIFE.toMillis() << doublings) / 1e3) {
            doublings++;
        }
        return SIGN_OF_LIFE.multipliedBy(1L << doublings);
    }
}
