package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import org.jspecify.annotations.Nullable;

/// What a bar of tqdm says (4.67, `std.py`): `(total − n) · ema(dt) / ema(dn)`, both moving averages over its own
/// refreshes with a smoothing of 0.3, corrected for their beginning at 0; refreshed after at least 0.1 s, and after as
/// many steps as that took so far. A bar for each file, and one for each process over the drain, whose total grows with
/// what arrives. Begun with `initial` where steps were restored, which is how to use it. By the clock, pauses included.
final class TqdmRule implements Rule {
    private Bar file = new Bar(0);
    private Bar drain = new Bar(0);
    private boolean begun;

    @Override
    public void on(Drain.Entry entry, Standing standing) {
        switch (entry.line()) {
            case DrainLine.Boot _ -> begun = false;
            case DrainLine.Claimed _ -> {
                if (!begun) {
                    drain = new Bar(entry.millis());
                    begun = true;
                }
                file = new Bar(entry.millis());
            }
            case DrainLine.Started _ -> file = new Bar(entry.millis());
            case DrainLine.Step _ -> {
                file.step(entry.millis());
                drain.step(entry.millis());
            }
            case DrainLine.Arrived _,
                    DrainLine.Tokens _,
                    DrainLine.Turned _,
                    DrainLine.Evaluated _,
                    DrainLine.Examined _,
                    DrainLine.Foreseen _,
                    DrainLine.Saved _,
                    DrainLine.Paused _,
                    DrainLine.Resumed _,
                    DrainLine.Ended _,
                    DrainLine.Over _,
                    DrainLine.Others _ -> {}
        }
    }

    @Override
    public @Nullable Eta file(Standing standing) {
        return file.left(standing.left());
    }

    @Override
    public @Nullable Eta drain(Standing standing) {
        return drain.left(standing.drainLeft());
    }

    private static final class Bar {
        private static final double SHORTEST_MILLIS = 100;
        private static final double LONGEST_MILLIS = 10_000;

        private final Average steps = new Average();
        private final Average millis = new Average();
        private final Average stepsPerRefresh = new Average();
        private double stepsToRefresh;
        private double refreshedAt;
        private int since;

        private Bar(double now) {
            refreshedAt = now;
        }

        private void step(double now) {
            since++;
            double took = now - refreshedAt;
            if (since < stepsToRefresh || took < SHORTEST_MILLIS) {
                return;
            }
            steps.add(since);
            millis.add(took);
            double fitting = since * SHORTEST_MILLIS / took;
            stepsToRefresh = took >= LONGEST_MILLIS ? fitting : stepsPerRefresh.add(fitting);
            since = 0;
            refreshedAt = now;
        }

        private @Nullable Eta left(long stepsLeft) {
            return steps.calls == 0 ? null : Rule.exactly(stepsLeft * millis.value() / 1e3 / steps.value());
        }
    }

    private static final class Average {
        private static final double SMOOTHING = 0.3;

        private double last;
        private int calls;

        private double add(double value) {
            last = SMOOTHING * value + (1 - SMOOTHING) * last;
            calls++;
            return value();
        }

        private double value() {
            return last / (1 - Math.pow(1 - SMOOTHING, calls));
        }
    }
}
