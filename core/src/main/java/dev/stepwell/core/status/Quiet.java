package dev.stepwell.core.status;

import dev.stepwell.core.training.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// For how long no step has come, while one should. Pauses, evaluations, saves and files that are read do not
/// count. Added up from look to look, so that a machine that slept, or a status thread that could not run,
/// counts no more than [#LONGEST_GAP]. Used by the status thread alone.
final class Quiet {
    static final Duration LONGEST_GAP = Duration.ofSeconds(5);

    private @Nullable LiveStatus before;
    private long lookedAt;
    private long nanos;

    /// Null while no step is under way.
    ///
    /// @param now nanoseconds; only differences matter
    @Nullable
    Duration look(LiveStatus live, long now) {
        boolean sameStep = before != null && atAStep(before) && atAStep(live) && before.stepCount() == live.stepCount();
        nanos = sameStep ? nanos + Math.clamp(now - lookedAt, 0, LONGEST_GAP.toNanos()) : 0;
        before = live;
        lookedAt = now;
        return atAStep(live) ? Duration.ofNanos(nanos) : null;
    }

    private static boolean atAStep(LiveStatus live) {
        return live.state() == DaemonState.TRAINING && live.phase() == Phase.TRAINING;
    }
}
